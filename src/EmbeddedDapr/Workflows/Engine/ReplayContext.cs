using System.Security.Cryptography;
using System.Text;
using Dapr.Workflow;
using Microsoft.Extensions.Logging;

namespace EmbeddedDapr.Workflows;

/// <summary>
/// The context of one run: it numbers the tasks that the code asks for, notes them as the turn's actions, and completes them from the
/// history. Nothing happens here but bookkeeping; the engine carries the actions out once they are durable.
/// </summary>
/// <remarks>
/// Its own awaits are ConfigureAwait(false), and it completes tasks where no context is set: they then continue at once, on the
/// workflow's thread, and so does code that awaits them in the same way.
/// </remarks>
internal sealed class ReplayContext(WorkflowRun run, WorkflowThread thread, string appId, ILoggerFactory loggers) : WorkflowContext
{
    private readonly Dictionary<int, TaskCompletionSource<HistoryEvent>> _open = [];
    private readonly Dictionary<int, HistoryEvent> _openActions = [];
    private DateTime _now;
    private bool _isReplaying;
    private int _nextTaskId;
    private int _nextGuid;

    public override string Name => run.Name;

    public override string InstanceId => run.InstanceId;

    public override DateTime CurrentUtcDateTime => _now;

    public override bool IsReplaying => _isReplaying;

    /// <summary>What the code has asked for in this turn.</summary>
    public List<HistoryEvent> Actions { get; private set; } = [];

    /// <summary>What was asked for and has not come yet.</summary>
    public IReadOnlyCollection<HistoryEvent> OpenActions => _openActions.Values;

    public string? CustomStatus { get; private set; }

    public void BeginTurn(DateTime now, bool isReplaying)
    {
        _now = now;
        _isReplaying = isReplaying;
        Actions = [];
    }

    /// <summary>Hands the code what it waits for; what it no longer waits for (a cancelled timer) is passed over.</summary>
    public void Complete(HistoryEvent completion)
    {
        _openActions.Remove(completion.TaskId);
        if (_open.Remove(completion.TaskId, out TaskCompletionSource<HistoryEvent>? task))
            WorkflowThread.WithoutContext(() => task.SetResult(completion));
    }

    public override async Task<T> CallActivityAsync<T>(string name, object? input = null, WorkflowTaskOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (options?.TargetAppId is { } target && target != appId)
            throw new ArgumentException($"Activities run in the workflow's own app, '{appId}'; '{target}' is another.", nameof(options));

        DateTime firstAttempt = _now;
        for (int attempt = 1; ; attempt++)
        {
            TimeSpan? pause;
            try
            {
                return await CallOnceAsync<T>(name, input).ConfigureAwait(false);
            }
            catch (WorkflowTaskFailedException)
            {
                pause = PauseAfter(attempt, firstAttempt, options?.RetryPolicy);
                if (pause is null)
                    throw;
            }

            await CreateTimer(pause.Value).ConfigureAwait(false);
        }
    }

    public override async Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        if (fireAt.Kind != DateTimeKind.Utc)
            throw new ArgumentException("A timer's time is UTC.", nameof(fireAt));

        // Up to the next whole millisecond, in which the history counts: never too early.
        long due = (long)Math.Ceiling((fireAt - DateTime.UnixEpoch).TotalMilliseconds);
        int id = _nextTaskId++;
        Task<HistoryEvent> fired = Open(new HistoryEvent(HistoryEventKind.TimerCreated, id) { FireAt = due });
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(_ => Cancel(id, cancellationToken), null);
        await fired.ConfigureAwait(false);
    }

    public override void SetCustomStatus(object? customStatus) => CustomStatus = WorkflowJson.Serialize(customStatus);

    public override ILogger CreateReplaySafeLogger(string categoryName) => new ReplaySafeLogger(loggers.CreateLogger(categoryName), this);

    public override ILogger CreateReplaySafeLogger(Type type) => new ReplaySafeLogger(loggers.CreateLogger(type), this);

    public override ILogger CreateReplaySafeLogger<T>() => new ReplaySafeLogger(loggers.CreateLogger<T>(), this);

    public override Guid NewGuid()
    {
        // The run's number keeps a second run of the same id apart from the first.
        string name = FormattableString.Invariant($"{appId}/{run.InstanceId}/{run.Number}/{_nextGuid++}");
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
    }

    /// <summary>How long to wait after a failed attempt, or null when it was the last.</summary>
    private TimeSpan? PauseAfter(int attempt, DateTime firstAttempt, WorkflowRetryPolicy? policy)
    {
        if (policy is null || attempt >= policy.MaxNumberOfAttempts)
            return null;

        if (policy.RetryTimeout != Timeout.InfiniteTimeSpan && _now - firstAttempt >= policy.RetryTimeout)
            return null;

        double milliseconds = policy.FirstRetryInterval.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, attempt - 1);
        double longest = (policy.MaxRetryInterval ?? TimeSpan.FromDays(365)).TotalMilliseconds;
        return TimeSpan.FromMilliseconds(Math.Min(milliseconds, longest));
    }

    private async Task<T> CallOnceAsync<T>(string name, object? input)
    {
        var action = new HistoryEvent(HistoryEventKind.ActivityScheduled, _nextTaskId++) { Name = name, Payload = WorkflowJson.Serialize(input) };
        HistoryEvent completion = await Open(action).ConfigureAwait(false);
        if (completion.Kind == HistoryEventKind.ActivityFailed)
        {
            var failure = new WorkflowTaskFailureDetails(completion.ErrorType!, completion.ErrorMessage!);
            throw new WorkflowTaskFailedException($"Task failed: {failure.ErrorMessage}", failure);
        }

        return WorkflowJson.Deserialize<T>(completion.Payload)!;
    }

    private Task<HistoryEvent> Open(HistoryEvent action)
    {
        if (!thread.IsCurrent)
        {
            thread.ReportForeignTask();
            throw new InvalidOperationException(WorkflowFailure.ForeignTask(Name).ErrorMessage);
        }

        // Its continuation runs where it is completed, which is this workflow's turn and nowhere else.
        var task = new TaskCompletionSource<HistoryEvent>();
        _open.Add(action.TaskId, task);
        _openActions.Add(action.TaskId, action);
        Actions.Add(action);
        return task.Task;
    }

    private void Cancel(int taskId, CancellationToken cancellationToken)
    {
        if (!thread.IsCurrent)
        {
            // Cancelled by a clock or another thread: a replay could not repeat it.
            thread.ReportForeignTask();
        }
        else if (_open.Remove(taskId, out TaskCompletionSource<HistoryEvent>? task))
        {
            _openActions.Remove(taskId);
            WorkflowThread.WithoutContext(() => task.SetCanceled(cancellationToken));
        }
    }
}

using System.Text;
using System.Threading.Channels;
using Dapr.Workflow;

namespace EmbeddedDapr.Workflows;

/// <summary>
/// Brings runs forward, a bounded number of them at once: takes what has come in for a run, runs its code until it waits again, writes
/// the turn, and only then has carried out what the code asked for. While one waits for its commit the others share that commit.
/// </summary>
internal sealed partial class TurnWorkers(WorkflowServices workflows, ActivityWorkers activities, IWorkflowResidence residence, int maxTurns)
{
    /// <summary>What daprd takes of a history or a payload before it stalls the workflow: 95 % of its message size of 4 MiB.</summary>
    private const long MaxHistoryBytes = 4L * 1024 * 1024 * 95 / 100;

    /// <summary>How long a run rests after a fault of ours (a full disk, say) before its history is read and tried again.</summary>
    private static readonly TimeSpan RestAfterFault = TimeSpan.FromSeconds(1);

    /// <summary>A timer of .NET takes less than 50 days: a longer wait is made of several.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Channel<ResidentWorkflow> _queue = Channel.CreateUnbounded<ResidentWorkflow>();
    private Task _workers = Task.CompletedTask;

    /// <summary>Has the run looked at, soon and once.</summary>
    public void Wake(ResidentWorkflow workflow)
    {
        if (!workflow.HasLeft && workflow.TryQueue())
            _queue.Writer.TryWrite(workflow);
    }

    public void Start() => _workers = Task.WhenAll(Enumerable.Range(0, maxTurns).Select(_ => WorkAsync()));

    /// <summary>Takes what has come in so far to the database and ends.</summary>
    public Task DrainAsync()
    {
        _queue.Writer.TryComplete();
        return _workers;
    }

    private async Task WorkAsync()
    {
        await foreach (ResidentWorkflow workflow in _queue.Reader.ReadAllAsync())
        {
            workflow.BeginTurn();
            try
            {
                await ProcessAsync(workflow);
            }
#pragma warning disable CA1031 // The run is brought back from its history; nothing is known of it but what is durable.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogTurnFailed(workflows.Logger, exception, workflow.Run.InstanceId);
                workflow.Execution = null;
                workflow.WakeAfter(RestAfterFault, workflows.Time, () => Wake(workflow));
            }

            if (workflow.EndTurn() && !workflow.HasLeft)
                _queue.Writer.TryWrite(workflow);
        }
    }

    private async Task ProcessAsync(ResidentWorkflow workflow)
    {
        bool isLoaded = workflow.Execution is null;
        if (isLoaded && await LoadAsync(workflow) is { } mismatch)
        {
            await EndAsync(workflow, new TurnCommit(workflow.Run.Number, WorkflowRuntimeStatus.Failed, Now()) { Failure = mismatch });
            return;
        }

        WorkflowExecution execution = workflow.Execution!;
        long now = Now();
        List<HistoryEvent> completions = workflow.TakeInbox();
        completions.AddRange(DueTimers(execution, now));
        List<HistoryEvent> actions = [];
        if (execution.Turns == 0 || completions.Count > 0 || execution.SawForeignTask)
        {
            if (await TakeTurnAsync(workflow, execution, completions, now) is not { } turn)
                return;

            actions = turn.Actions;
        }
        else if (isLoaded && ReleasedUntil(execution, workflow) is { } dueAt)
        {
            await ReleaseAsync(workflow, execution, dueAt, now);
            return;
        }

        // After a replay all that is open is asked for again: whoever had it is gone.
        foreach (HistoryEvent action in isLoaded ? execution.OpenActions : actions)
        {
            if (action.Kind == HistoryEventKind.ActivityScheduled)
                activities.Add(new ActivityWork(workflow, action));
        }

        WakeForTimers(workflow, execution, now);
    }

    /// <returns>The turn when the run stays in memory, or null when it has left.</returns>
    private async Task<TurnResult?> TakeTurnAsync(
        ResidentWorkflow workflow, WorkflowExecution execution, List<HistoryEvent> completions, long now)
    {
        long incoming = completions.Sum(static e => e.Payload is null ? 0L : Encoding.UTF8.GetByteCount(e.Payload));
        if (execution.HistoryBytes + incoming > MaxHistoryBytes)
        {
            await StallAsync(workflow, execution, now);
            return null;
        }

        DateTime startedAt = DateTimeOffset.FromUnixTimeMilliseconds(now).UtcDateTime;
        TurnResult turn = execution.RunTurn(startedAt, completions, workflows.Registry, workflows.Services);
        string events = WorkflowJson.SerializeHistory(turn.Events);
        int bytes = Encoding.UTF8.GetByteCount(events);
        if (turn.Status == WorkflowRuntimeStatus.Running && execution.HistoryBytes + bytes > MaxHistoryBytes)
        {
            await StallAsync(workflow, execution, now);
            return null;
        }

        long? releasedUntil = turn.Status == WorkflowRuntimeStatus.Running ? ReleasedUntil(execution, workflow) : null;
        var commit = new TurnCommit(workflow.Run.Number, turn.Status, now)
        {
            Turn = execution.Turns,
            StartedAt = now,
            Events = events,
            StaysClaimed = turn.Status == WorkflowRuntimeStatus.Running && releasedUntil is null,
            DueAt = turn.Status == WorkflowRuntimeStatus.Running ? releasedUntil ?? now : null,
            CustomStatus = execution.CustomStatus,
            Output = turn.Output,
            Failure = turn.Failure,
        };
        if (!commit.StaysClaimed)
        {
            await EndAsync(workflow, commit);
            return null;
        }

        if (!await workflows.Store.CommitAsync(commit, CancellationToken.None))
        {
            residence.Leave(workflow);
            return null;
        }

        execution.HistoryBytes += bytes;
        if (execution.Turns++ == 0)
            workflows.Waiters.Signal(workflow.Run.InstanceId);

        return turn;
    }

    private async Task<WorkflowTaskFailureDetails?> LoadAsync(ResidentWorkflow workflow)
    {
        var execution = new WorkflowExecution(workflow.Run, workflows.AppId, workflows.Loggers, () => Wake(workflow));
        foreach (HistoryTurn turn in workflow.IsNew ? [] : await workflows.Store.ReadHistoryAsync(workflow.Run.Number, CancellationToken.None))
        {
            if (execution.Replay(turn, workflows.Registry, workflows.Services) is { } mismatch)
                return mismatch;

            execution.HistoryBytes += turn.Bytes;
        }

        workflow.IsNew = false;
        workflow.Execution = execution;
        return null;
    }

    private Task ReleaseAsync(ResidentWorkflow workflow, WorkflowExecution execution, long dueAt, long now) =>
        EndAsync(
            workflow,
            new TurnCommit(workflow.Run.Number, WorkflowRuntimeStatus.Running, now) { DueAt = dueAt, CustomStatus = execution.CustomStatus });

    private async Task StallAsync(ResidentWorkflow workflow, WorkflowExecution execution, long now)
    {
        LogStalled(workflows.Logger, workflow.Run.Name, workflow.Run.InstanceId, MaxHistoryBytes);
        var commit = new TurnCommit(workflow.Run.Number, WorkflowRuntimeStatus.Stalled, now) { CustomStatus = execution.CustomStatus };
        await EndAsync(workflow, commit);
    }

    /// <summary>Writes the last turn that the run takes in memory: it has ended, is stuck, or waits for a time to come.</summary>
    private async Task EndAsync(ResidentWorkflow workflow, TurnCommit commit)
    {
        bool isCommitted = await workflows.Store.CommitAsync(commit, CancellationToken.None);
        residence.Leave(workflow);
        if (!isCommitted)
            return;

        if (commit.DueAt is { } dueAt)
            residence.WakeBy(dueAt);

        if (commit.Failure is { } failure)
            LogWorkflowFailed(workflows.Logger, workflow.Run.Name, workflow.Run.InstanceId, failure.ErrorType);

        workflows.Waiters.Signal(workflow.Run.InstanceId);
    }

    /// <summary>When a run that waits for timers alone is due again: until then it needs no memory. Null when it waits for more.</summary>
    private static long? ReleasedUntil(WorkflowExecution execution, ResidentWorkflow workflow) =>
        !workflow.HasInbox && execution.OpenActions.All(static action => action.Kind == HistoryEventKind.TimerCreated)
            ? execution.OpenActions.Min(static action => action.FireAt)
            : null;

    private static IEnumerable<HistoryEvent> DueTimers(WorkflowExecution execution, long now) =>
        execution.OpenActions
            .Where(action => action.Kind == HistoryEventKind.TimerCreated && action.FireAt <= now)
            .OrderBy(static action => action.FireAt)
            .Select(static action => new HistoryEvent(HistoryEventKind.TimerFired, action.TaskId));

    private void WakeForTimers(ResidentWorkflow workflow, WorkflowExecution execution, long now)
    {
        long next = long.MaxValue;
        foreach (HistoryEvent action in execution.OpenActions)
        {
            if (action.Kind == HistoryEventKind.TimerCreated)
                next = Math.Min(next, action.FireAt);
        }

        if (next == long.MaxValue)
            return;

        var delay = TimeSpan.FromMilliseconds(Math.Clamp(next - now, 0, LongestWait.TotalMilliseconds));
        workflow.WakeAfter(delay, workflows.Time, () => Wake(workflow));
        if (next <= Now())
        {
            // The clock moved since the turn began: the timer counts from too late a moment.
            Wake(workflow);
        }
    }

    private long Now() => workflows.Time.GetUtcNow().ToUnixTimeMilliseconds();
}

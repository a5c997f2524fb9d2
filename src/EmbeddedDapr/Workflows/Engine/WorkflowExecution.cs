using System.Text;
using Dapr.Workflow;
using Microsoft.Extensions.Logging;

namespace EmbeddedDapr.Workflows;

/// <summary>A run's code, brought forward turn by turn, first through its history and then through what is new.</summary>
internal sealed class WorkflowExecution
{
    private readonly WorkflowRun _run;
    private readonly WorkflowThread _thread;
    private readonly ReplayContext _context;
    private Task<object?>? _code;

    public WorkflowExecution(WorkflowRun run, string appId, ILoggerFactory loggers, Action onForeignTask)
    {
        _run = run;
        _thread = new WorkflowThread(onForeignTask);
        _context = new ReplayContext(run, _thread, appId, loggers);
        HistoryBytes = run.Input is null ? 0 : Encoding.UTF8.GetByteCount(run.Input);
    }

    /// <summary>How many turns are durable.</summary>
    public int Turns { get; set; }

    /// <summary>How large input and history are.</summary>
    public long HistoryBytes { get; set; }

    public bool SawForeignTask => _thread.SawForeignTask;

    public string? CustomStatus => _context.CustomStatus;

    /// <summary>What was asked for and has not come yet.</summary>
    public IReadOnlyCollection<HistoryEvent> OpenActions => _context.OpenActions;

    /// <summary>Runs the code through a turn of its history.</summary>
    /// <returns>Why the history cannot be this code's, or null.</returns>
    public WorkflowTaskFailureDetails? Replay(HistoryTurn turn, WorkflowRegistry registry, IServiceProvider services)
    {
        if (Advance(turn.StartedAt, turn.Events.Where(static e => e.IsCompletion), isReplaying: true, registry, services) is { } failure)
            return failure;

        Turns++;
        var recorded = turn.Events.Where(static e => !e.IsCompletion).ToList();
        for (int i = 0; i < Math.Max(recorded.Count, _context.Actions.Count); i++)
        {
            HistoryEvent? then = recorded.ElementAtOrDefault(i);
            HistoryEvent? now = _context.Actions.ElementAtOrDefault(i);
            if (then?.Kind != now?.Kind || then?.TaskId != now?.TaskId || then?.Name != now?.Name)
            {
                string difference = $"the history has {then?.Describe() ?? "nothing more"}, the code now asks for {now?.Describe() ?? "nothing more"}.";
                return WorkflowFailure.NonDeterministic(_run.Name, difference);
            }
        }

        return _code!.IsCompleted ? WorkflowFailure.NonDeterministic(_run.Name, "the code now ends where the history goes on.") : null;
    }

    /// <summary>Runs the code through a new turn.</summary>
    public TurnResult RunTurn(DateTime now, List<HistoryEvent> completions, WorkflowRegistry registry, IServiceProvider services)
    {
        WorkflowTaskFailureDetails? failure = Advance(now, completions, isReplaying: false, registry, services);
        var result = new TurnResult([.. completions, .. _context.Actions], _context.Actions) { Failure = failure };
        if (failure is not null || !_code!.IsCompleted)
            return result;

        if (_code.Exception?.InnerException is { } exception)
            return result with { Failure = WorkflowFailure.From(exception) };

        if (_code.IsCanceled)
            return result with { Failure = WorkflowFailure.From(new TaskCanceledException(_code)) };

        return Complete(result, _code);
    }

    private static TurnResult Complete(TurnResult result, Task<object?> code)
    {
        try
        {
#pragma warning disable RS0030 // It has completed.
            return result with { HasOutput = true, Output = WorkflowJson.Serialize(code.Result) };
#pragma warning restore RS0030
        }
#pragma warning disable CA1031 // An output that is no JSON fails the workflow, whatever the serializer throws.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return result with { Failure = WorkflowFailure.From(exception) };
        }
    }

    private WorkflowTaskFailureDetails? Advance(
        DateTime now, IEnumerable<HistoryEvent> completions, bool isReplaying, WorkflowRegistry registry, IServiceProvider services)
    {
        _context.BeginTurn(now, isReplaying);
        if (_code is null && Start(registry, services) is { } failure)
            return failure;

        foreach (HistoryEvent completion in completions)
        {
            _thread.Run(() => _context.Complete(completion));
        }

        // Waiting, but for nothing that will ever come from the history.
        bool waitsForNothing = !_code!.IsCompleted && _context.OpenActions.Count == 0;
        return _thread.SawForeignTask || waitsForNothing ? WorkflowFailure.ForeignTask(_run.Name) : null;
    }

    private WorkflowTaskFailureDetails? Start(WorkflowRegistry registry, IServiceProvider services)
    {
        try
        {
            if (registry.CreateWorkflow(_run.Name, services) is not { } workflow)
                return WorkflowFailure.NotRegistered(_run.Name);

            object? input = WorkflowJson.Deserialize(_run.Input, workflow.InputType);
            _thread.Run(() => _code = workflow.RunAsync(_context, input));
            return null;
        }
#pragma warning disable CA1031 // A constructor or an input that does not fit fails the workflow, whatever it throws.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return WorkflowFailure.From(exception);
        }
    }
}

using System.Diagnostics;
using Dapr.Workflow;
using Dapr.Workflow.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EmbeddedDapr.Workflows;

/// <summary>Carries out one activity, in a scope of its own, as part of the trace of whoever scheduled the workflow.</summary>
internal sealed partial class ActivityRunner(WorkflowRegistry registry, IServiceProvider services, ILogger logger)
{
    private const string SpanName = "workflow.activity";

    private static readonly ActivitySource Source = new("EmbeddedDapr.Workflows");

    /// <returns>What happened, for the history: a result, or the failure's type and message.</returns>
    public async Task<HistoryEvent> RunAsync(WorkflowRun run, HistoryEvent scheduled)
    {
        string name = scheduled.Name!;
        using Activity? span = StartSpan(run, name);
        WorkflowTaskFailureDetails failure;
        try
        {
            await using AsyncServiceScope scope = services.CreateAsyncScope();
            if (Create(name, scope.ServiceProvider, out failure) is { } activity)
            {
                var context = new TaskContext(name, run.InstanceId, FormattableString.Invariant($"{run.InstanceId}-{run.Number}-{scheduled.TaskId}"));
                object? input = WorkflowJson.Deserialize(scheduled.Payload, activity.InputType);
                string? output = WorkflowJson.Serialize(await activity.RunAsync(context, input));
                return new HistoryEvent(HistoryEventKind.ActivityCompleted, scheduled.TaskId) { Payload = output };
            }
        }
#pragma warning disable CA1031 // Whatever the activity throws is the workflow's to handle: it becomes part of its history.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = WorkflowFailure.From(exception);
        }

        span?.SetStatus(ActivityStatusCode.Error, failure.ErrorType);
        LogActivityFailed(logger, name, run.InstanceId, failure.ErrorType);
        return new HistoryEvent(HistoryEventKind.ActivityFailed, scheduled.TaskId)
        {
            ErrorType = failure.ErrorType,
            ErrorMessage = failure.ErrorMessage,
        };
    }

    private static Activity? StartSpan(WorkflowRun run, string activity)
    {
        ActivityContext.TryParse(run.TraceParent, run.TraceState, isRemote: true, out ActivityContext parent);
        Activity? span = Source.CreateActivity(SpanName, ActivityKind.Internal, parent);
        if (span is null && run.TraceParent is not null)
        {
            // Nobody listens: what the activity calls still gets the trace that it belongs to.
#pragma warning disable CA2000 // The caller disposes of it.
            span = new Activity(SpanName).SetParentId(run.TraceParent);
#pragma warning restore CA2000
            span.TraceStateString = run.TraceState;
        }

        return span?
            .SetTag("workflow.name", run.Name)
            .SetTag("workflow.instance_id", run.InstanceId)
            .SetTag("activity.name", activity)
            .Start();
    }

    private IWorkflowActivity? Create(string name, IServiceProvider scope, out WorkflowTaskFailureDetails failure)
    {
        failure = new WorkflowTaskFailureDetails("ActivityNotFoundException", $"Activity '{name}' not found");
        try
        {
            return registry.CreateActivity(name, scope);
        }
#pragma warning disable CA1031 // A constructor that throws fails the task.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            WorkflowTaskFailureDetails cause = WorkflowFailure.From(exception);
            failure = new WorkflowTaskFailureDetails(cause.ErrorType, $"Activity '{name}' failed to activate: {cause.ErrorMessage}");
            return null;
        }
    }
}

using System.Diagnostics;
using Dapr.Actors.Client;
using Dapr.Workflow;
using MemoryDapr.Stores;
using MemoryDapr.Stores.Pipelines;
using MemoryDapr.Telemetry;
using MemoryDapr.Types;

namespace MemoryDapr.Distill;

/// <summary>Step 3: tells the session's record and the session how far it is distilled.</summary>
internal sealed class AdvanceActivity(IActorProxyFactory actors, ISessionWindows sessions, PipelineSteps steps) : WorkflowActivity<PipelineInput, bool>
{
    public override async Task<bool> RunAsync(WorkflowActivityContext context, PipelineInput input)
    {
        using Activity? span = MemoryTelemetry.Spans.StartActivity("distill.advance");
        return await steps.RunAsync(input, _ => AdvanceAsync(input));
    }

    private async Task<bool> AdvanceAsync(PipelineInput input)
    {
        IScopeActor writer = actors.Writer(input.Scope);
        long? distilledTo = await writer.AdvanceDistilledAsync(
            new DistilledMark(input.Scope, input.SessionId!, new OrdinalRange(input.From, input.To)));
        if (distilledTo is not null)
        {
            await sessions.AdvanceDistilledAsync(input.Scope.Tenant, input.SessionId!, distilledTo.Value, CancellationToken.None);
        }

        return true;
    }
}

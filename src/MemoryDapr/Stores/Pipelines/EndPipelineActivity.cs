using System.Diagnostics;
using Dapr.Workflow;
using MemoryDapr.Telemetry;

namespace MemoryDapr.Stores.Pipelines;

/// <summary>Records how a pipeline ended. Both kinds of pipelines share it.</summary>
internal sealed class EndPipelineActivity(PipelineRecords records) : WorkflowActivity<PipelineEnd, bool>
{
    public override async Task<bool> RunAsync(WorkflowActivityContext context, PipelineEnd input)
    {
        using Activity? span = MemoryTelemetry.Spans.StartActivity("pipeline.end");
        await records.EndAsync(input, CancellationToken.None);
        return true;
    }
}

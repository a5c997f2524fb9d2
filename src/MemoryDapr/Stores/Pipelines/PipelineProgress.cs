using Dapr.Workflow;
using MemoryDapr.Types;

namespace MemoryDapr.Stores.Pipelines;

/// <summary>The steps of a running pipeline, shown as its workflow's custom status.</summary>
internal sealed class PipelineProgress(WorkflowContext context)
{
    private readonly List<PipelineStep> _steps = [];

    /// <summary>A step begins.</summary>
    public void Begin(string step)
    {
        _steps.Add(new PipelineStep(step, PipelineStatus.Running, new Dictionary<string, int>()));
        Show();
    }

    /// <summary>The step that began last is done.</summary>
    public void Complete(params (string Name, int Count)[] counts)
    {
        _steps[^1] = _steps[^1] with
        {
            Status = PipelineStatus.Succeeded,
            Counts = counts.ToDictionary(count => count.Name, count => count.Count),
        };
        Show();
    }

    /// <summary>The step that began last has failed for good.</summary>
    public void Fail()
    {
        if (_steps.Count > 0)
        {
            _steps[^1] = _steps[^1] with { Status = PipelineStatus.Failed };
            Show();
        }
    }

    private void Show() => context.SetCustomStatus(_steps);
}

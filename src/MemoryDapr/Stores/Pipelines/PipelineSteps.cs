using MemoryDapr.Types;
using Microsoft.Extensions.Logging;

namespace MemoryDapr.Stores.Pipelines;

/// <summary>Runs a pipeline's step so that its record tells when it waits for another attempt.</summary>
internal sealed partial class PipelineSteps(PipelineRecords records, PipelinePace pace, ILogger<PipelineSteps> logger)
{
    /// <summary>Runs the step. What it throws goes on to the workflow, which decides whether there is another attempt.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="step">The step; it is given the pipeline's record, so that nobody reads it again.</param>
    public Task<T> RunAsync<T>(PipelineInput pipeline, Func<PipelineRecord, Task<T>> step) => pace.RunAsync(() => AttemptAsync(pipeline, step));

    private async Task<T> AttemptAsync<T>(PipelineInput pipeline, Func<PipelineRecord, Task<T>> step)
    {
        PipelineRecord record = await records.ResumeAsync(pipeline, CancellationToken.None);
        try
        {
            return await step(record);
        }
        catch (Exception failure)
        {
            await NoteAsync(pipeline, failure);
            throw;
        }
    }

    private async Task NoteAsync(PipelineInput pipeline, Exception failure)
    {
        try
        {
            await records.WaitAsync(pipeline, $"{failure.GetType().FullName}: {failure.Message}", CancellationToken.None);
        }
#pragma warning disable CA1031 // What failed first is thrown on and must not be replaced by its consequence: the store may be what is down.
        catch (Exception second)
#pragma warning restore CA1031
        {
            NoteFailed(logger, pipeline.Id, second);
        }
    }
}

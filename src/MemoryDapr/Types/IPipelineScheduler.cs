namespace MemoryDapr.Types;

/// <summary>Starts pipelines. Called again for the same pipeline it does nothing more.</summary>
internal interface IPipelineScheduler
{
    /// <summary>
    /// Starts the pipeline unless it is at work, waiting or done. When it returns, the pipeline is durably scheduled. A failed or
    /// stopped one starts again.
    /// </summary>
    Task ScheduleAsync(PipelineRecord pipeline, CancellationToken cancellationToken);
}

using System.Collections.Concurrent;
using MemoryDapr.Types;

namespace MemoryDapr.Tests.Sessions;

/// <summary>Takes down which pipelines were to start, and fails while it is told to.</summary>
internal sealed class RecordingScheduler : IPipelineScheduler
{
    private readonly ConcurrentQueue<PipelineRecord> _scheduled = new();
    private int _failures;

    public IReadOnlyList<PipelineRecord> Scheduled => [.. _scheduled];

    public TaskCompletionSource Failed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void FailNext() => Volatile.Write(ref _failures, 1);

    public Task ScheduleAsync(PipelineRecord pipeline, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _failures, 0) == 1)
        {
            Failed.TrySetResult();
            throw new IOException("The workflow engine is away.");
        }

        _scheduled.Enqueue(pipeline);
        return Task.CompletedTask;
    }
}

using System.Threading.Channels;

namespace EmbeddedDapr.Workflows;

/// <summary>Carries out the activities that durable turns have asked for, a bounded number of them at once, in the order asked.</summary>
internal sealed class ActivityWorkers(ActivityRunner runner, Action<ResidentWorkflow> completed)
{
    /// <summary>Activities at once, as the SDK's worker has it. They mostly wait for others (a model, a store), not for a processor.</summary>
    private const int MaxActivities = 100;

    // Bounded by what is in memory: so many runs, each with a history that has its limit.
    private readonly Channel<ActivityWork> _queue = Channel.CreateUnbounded<ActivityWork>();
    private Task _workers = Task.CompletedTask;

    public void Add(ActivityWork work) => _queue.Writer.TryWrite(work);

    public void Start(CancellationToken stopping) =>
        _workers = Task.WhenAll(Enumerable.Range(0, MaxActivities).Select(_ => WorkAsync(stopping)));

    /// <summary>Waits for those that run. Those that still wait run after the next start.</summary>
    public Task DrainAsync() => _workers;

    private async Task WorkAsync(CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                ActivityWork work = await _queue.Reader.ReadAsync(stopping);
                if (work.Workflow.HasLeft)
                    continue;

                work.Workflow.Receive(await runner.RunAsync(work.Workflow.Run, work.Scheduled));
                completed(work.Workflow);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }
}

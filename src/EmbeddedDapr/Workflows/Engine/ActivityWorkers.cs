using System.Threading.Channels;
using EmbeddedDapr.Resources;

namespace EmbeddedDapr.Workflows;

/// <summary>
/// Carries out the activities that durable turns have asked for, a bounded number of them at once, those of older runs first: what is begun is
/// brought to its end before more is begun. Those of a name with a limit of its own queue apart, so that they hold up no others while they
/// wait.
/// </summary>
internal sealed class ActivityWorkers(ActivityRunner runner, WorkflowLimits limits, Action<ResidentWorkflow> completed) : IDisposable
{
    // Bounded by what is in memory: so many runs, each with a history that has its limit.
    private readonly Channel<ActivityWork> _queue = CreateQueue();
    private readonly Dictionary<string, Channel<ActivityWork>> _limited =
        limits.ByActivity.Keys.ToDictionary(static name => name, static _ => CreateQueue(), StringComparer.Ordinal);

    private readonly SemaphoreSlim _places = new(limits.Activities);
    private Task _workers = Task.CompletedTask;

    public void Add(ActivityWork work) => _limited.GetValueOrDefault(work.Scheduled.Name!, _queue).Writer.TryWrite(work);

    public void Start(CancellationToken stopping) => _workers = Task.WhenAll(
        _limited
            .SelectMany(queue => Enumerable.Repeat(queue.Value, limits.ByActivity[queue.Key]))
            .Concat(Enumerable.Repeat(_queue, limits.Activities))
            .Select(queue => WorkAsync(queue.Reader, stopping)));

    /// <summary>Waits for those that run. Those that still wait run after the next start.</summary>
    public Task DrainAsync() => _workers;

    public void Dispose()
    {
        // One that outlasted the stop still gives its place back.
        if (_workers.IsCompleted)
            _places.Dispose();
    }

    private static Channel<ActivityWork> CreateQueue() => Channel.CreateUnboundedPrioritized(
        new UnboundedPrioritizedChannelOptions<ActivityWork>
        {
            Comparer = Comparer<ActivityWork>.Create(static (first, second) =>
                first.Workflow.Run.Number.CompareTo(second.Workflow.Run.Number) is not 0 and var byRun
                    ? byRun
                    : first.Scheduled.TaskId.CompareTo(second.Scheduled.TaskId)),
        });

    private async Task WorkAsync(ChannelReader<ActivityWork> queue, CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                ActivityWork work = await queue.ReadAsync(stopping);
                if (work.Workflow.HasLeft)
                    continue;

                await _places.WaitAsync(stopping);
                try
                {
                    work.Workflow.Receive(await runner.RunAsync(work.Workflow.Run, work.Scheduled));
                }
                finally
                {
                    _places.Release();
                }

                completed(work.Workflow);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }
}

using MemoryDapr.Types;

namespace MemoryDapr.Distill;

/// <summary>
/// What was drafted a moment ago, until the pipeline's next step takes it. A draft that is lost is made again; one that nobody takes, because
/// the next step runs in another process, is let go of after a while, for it may hold what is erased since.
/// </summary>
internal sealed class RecentDrafts : IDisposable
{
    /// <summary>As many pipelines as are between two steps at once, about 10 KB each.</summary>
    public const int Capacity = 1000;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly LinkedList<Draft> _byAge = new();
    private readonly Dictionary<string, LinkedListNode<Draft>> _byPipeline = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly ITimer _timer;

    public RecentDrafts(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(_ => Expire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Keeps a pipeline's drafts if there is room: those that came first are also taken first.</summary>
    public void Add(string pipelineId, IReadOnlyList<MemoryItem> drafts)
    {
        lock (_gate)
        {
            Remove(pipelineId);
            if (_byAge.Count >= Capacity)
            {
                return;
            }

            if (_byAge.Count == 0)
            {
                _timer.Change(Kept, Timeout.InfiniteTimeSpan);
            }

            _byPipeline.Add(pipelineId, _byAge.AddLast(new Draft(pipelineId, drafts, _time.GetTimestamp())));
        }
    }

    /// <summary>A pipeline's drafts, which are gone from here then; null if they are not here.</summary>
    public IReadOnlyList<MemoryItem>? Take(string pipelineId)
    {
        lock (_gate)
        {
            return Remove(pipelineId)?.Items;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Expire()
    {
        lock (_gate)
        {
            while (_byAge.First is { } oldest && _time.GetElapsedTime(oldest.Value.At) >= Kept)
            {
                Remove(oldest.Value.PipelineId);
            }

            if (_byAge.First is { } next)
            {
                TimeSpan left = Kept - _time.GetElapsedTime(next.Value.At);
                _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private Draft? Remove(string pipelineId)
    {
        if (!_byPipeline.Remove(pipelineId, out LinkedListNode<Draft>? node))
        {
            return null;
        }

        _byAge.Remove(node);
        return node.Value;
    }

    private sealed record Draft(string PipelineId, IReadOnlyList<MemoryItem> Items, long At);
}

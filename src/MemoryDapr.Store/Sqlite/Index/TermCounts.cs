using MemoryDapr.Stores.Analysis;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>How often a chunk has each of its terms.</summary>
internal sealed class TermCounts : ITermSink
{
    private readonly Dictionary<uint, int> _counts = [];

    public IReadOnlyDictionary<uint, int> Counts => _counts;

    public void Clear() => _counts.Clear();

    public void Add(ReadOnlySpan<char> term)
    {
        uint id = TermHash.Of(term);
        _counts[id] = _counts.GetValueOrDefault(id) + 1;
    }
}

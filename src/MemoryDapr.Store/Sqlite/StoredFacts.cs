using System.Collections;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite;

/// <summary>An episode's facts as the row has them, read when somebody asks: recalls answer episodes by their text alone.</summary>
internal sealed class StoredFacts(byte[] json, string? sessionId) : IReadOnlyList<EpisodeFact>
{
    private readonly Lazy<List<EpisodeFact>> _facts = new(() => ItemJson.ReadFacts(json, sessionId));

    public int Count => _facts.Value.Count;

    public EpisodeFact this[int index] => _facts.Value[index];

    public IEnumerator<EpisodeFact> GetEnumerator() => _facts.Value.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

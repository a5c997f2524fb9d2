using MemoryDapr.Types;

namespace MemoryDapr.Stores.Writing;

/// <summary>Which turns still stand as evidence. Turns are indexed before anything is derived from them: one that is not there is erased.</summary>
internal sealed class SourceCheck(IMemoryStore store)
{
    /// <summary>GetItems takes this many ids a call.</summary>
    private const int BatchSize = 500;

    /// <summary>The turns of the scope that are stored, of those asked for, by where they are from.</summary>
    public async Task<Dictionary<TurnSource, MemoryItem>> FindAsync(
        Scope scope,
        IEnumerable<TurnSource> sources,
        CancellationToken cancellationToken)
    {
        var found = new Dictionary<TurnSource, MemoryItem>();
        foreach (TurnSource[] chunk in sources.Distinct().Chunk(BatchSize))
        {
            string[] ids = [.. chunk.Select(source => ItemId.ForTurn(scope, source.SessionId, source.TurnId))];
            foreach (MemoryItem turn in await store.GetItemsAsync(scope.Tenant, ids, cancellationToken))
            {
                if (turn.Scope == scope && turn.SessionId is not null && turn.TurnId is not null)
                {
                    found[new TurnSource(turn.SessionId, turn.TurnId)] = turn;
                }
            }
        }

        return found;
    }

    /// <summary>The turns among <paramref name="standing"/> that an item rests on, in reading order.</summary>
    public static IReadOnlyList<MemoryItem> Remaining(MemoryItem item, IReadOnlyDictionary<TurnSource, MemoryItem> standing) =>
        [.. item.Sources
            .Where(standing.ContainsKey)
            .Select(source => standing[source])
            .OrderBy(turn => turn.At)
            .ThenBy(turn => turn.SessionId, StringComparer.Ordinal)
            .ThenBy(turn => turn.Ordinal)];
}

using MemoryDapr.Types;

namespace MemoryDapr.Stores.Writing;

/// <summary>Which of imported items are erased, or tell of what is.</summary>
internal sealed class ErasedLines(IMemoryStore store)
{
    /// <summary>The ids of those items that must stay out.</summary>
    public async Task<HashSet<string>> FindAsync(Scope scope, IReadOnlyList<MemoryItem> items, CancellationToken cancellationToken)
    {
        HashSet<TurnSource> turns = await FindTurnsAsync(scope, items, cancellationToken);
        var erased = new HashSet<string>(StringComparer.Ordinal);
        foreach (MemoryItem item in items)
        {
            // One whose text may tell of an erased turn stays out whole: the turns that it could be rebuilt from may come in a later part.
            if (item.Sources.Any(turns.Contains)
                || await store.GetErasureAsync(scope.Tenant, ErasureKeys.Item(item.Id), cancellationToken) is not null)
            {
                erased.Add(item.Id);
            }
        }

        return erased;
    }

    private async Task<HashSet<TurnSource>> FindTurnsAsync(Scope scope, IReadOnlyList<MemoryItem> items, CancellationToken cancellationToken)
    {
        // A turn by what it says too; what others rest on by its id, which is all they name.
        Dictionary<TurnSource, Turn> asked = items
            .SelectMany(item => item.Sources)
            .Distinct()
            .ToDictionary(source => source, source => new Turn { Id = source.TurnId, Role = TurnRole.User, Content = "", At = default, HasClientId = true });
        foreach (MemoryItem item in items.Where(item => item.Kind == MemoryKind.Turn))
        {
            asked[item.Sources[0]] = item.ToTurn();
        }

        var erased = new HashSet<TurnSource>();
        foreach (IGrouping<string, KeyValuePair<TurnSource, Turn>> session in asked.GroupBy(pair => pair.Key.SessionId))
        {
            foreach (Turn[] chunk in session.Select(pair => pair.Value).Chunk(500))
            {
                IReadOnlyList<KnownTurn> known = await store.FindTurnsAsync(new TurnLookup(scope.Tenant, session.Key, chunk), cancellationToken);
                erased.UnionWith(known.Where(turn => turn.IsErased).Select(turn => new TurnSource(session.Key, turn.TurnId)));
            }
        }

        return erased;
    }
}

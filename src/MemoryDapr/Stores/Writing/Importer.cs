using MemoryDapr.Types;

namespace MemoryDapr.Stores.Writing;

/// <summary>Stores exported lines again, without bringing back what is erased and without touching other users' sessions.</summary>
internal sealed class Importer(IMemoryStore store, SourceCheck sources)
{
    public async Task<ImportOutcome> ImportAsync(ImportBatch batch, CancellationToken cancellationToken)
    {
        var foreign = new HashSet<string>(StringComparer.Ordinal);
        var sessions = new List<SessionRecord>();
        foreach (SessionRecord session in batch.Sessions)
        {
            SessionRecord? stored = await store.GetSessionAsync(batch.Scope.Tenant, session.SessionId, cancellationToken);
            if (stored is null)
            {
                sessions.Add(session with { Scope = batch.Scope });
            }
        }

        foreach (string sessionId in batch.Items.Select(item => item.SessionId).OfType<string>().Distinct())
        {
            SessionRecord? stored = await store.GetSessionAsync(batch.Scope.Tenant, sessionId, cancellationToken);
            if (stored is not null && stored.Scope != batch.Scope)
            {
                foreign.Add(sessionId);
            }
        }

        MemoryItem[] own = [.. batch.Items.Where(item => item.SessionId is null || !foreign.Contains(item.SessionId))];
        HashSet<string> known = await FindStoredAsync(batch.Scope, own, cancellationToken);
        List<MemoryItem> wanted = [.. own.Where(item => !known.Contains(item.Id))];
        List<MemoryItem> standing = await RemoveErasedAsync(batch.Scope, wanted, cancellationToken);
        await store.ApplyAsync(
            new StoreBatch
            {
                Scope = batch.Scope,
                Items = standing,
                Sessions = sessions,
                History = [.. standing
                    .Where(item => item.Kind != MemoryKind.Turn)
                    .Select(item => new HistoryEntry(item.Id, batch.At, "imported", "Imported from an export.", null, [], item.Sources, null))],
            },
            cancellationToken);
        return new ImportOutcome(standing.Count, own.Length - wanted.Count, wanted.Count - standing.Count, batch.Items.Count - own.Length);
    }

    private async Task<HashSet<string>> FindStoredAsync(Scope scope, MemoryItem[] items, CancellationToken cancellationToken)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (string[] chunk in items.Select(item => item.Id).Chunk(500))
        {
            known.UnionWith((await store.GetItemsAsync(scope.Tenant, chunk, cancellationToken)).Select(item => item.Id));
        }

        return known;
    }

    private async Task<List<MemoryItem>> RemoveErasedAsync(Scope scope, List<MemoryItem> items, CancellationToken cancellationToken)
    {
        HashSet<string> erased = await FindErasedAsync(scope, items, cancellationToken);
        var standing = new List<MemoryItem>();
        MemoryItem[] turns = [.. items.Where(item => item.Kind == MemoryKind.Turn && !erased.Contains(item.Id))];
        standing.AddRange(turns);
        HashSet<TurnSource> importedTurns = [.. turns.SelectMany(turn => turn.Sources)];
        MemoryItem[] derived = [.. items.Where(item => item.Kind != MemoryKind.Turn)];
        Dictionary<TurnSource, MemoryItem> stored = await sources.FindAsync(scope, derived.SelectMany(item => item.Sources), cancellationToken);
        foreach (MemoryItem item in derived)
        {
            bool isErased = await store.GetErasureAsync(scope.Tenant, ErasureKeys.Item(item.Id), cancellationToken) is not null;

            // An item whose text may tell of an erased turn stays out whole: there is nothing to rebuild it from yet.
            if (!isErased && item.Sources.All(source => importedTurns.Contains(source) || stored.ContainsKey(source)))
            {
                standing.Add(item);
            }
        }

        return standing;
    }

    private async Task<HashSet<string>> FindErasedAsync(Scope scope, List<MemoryItem> items, CancellationToken cancellationToken)
    {
        var erased = new HashSet<string>(StringComparer.Ordinal);
        foreach (IGrouping<string, MemoryItem> session in items.Where(item => item.Kind == MemoryKind.Turn).GroupBy(item => item.SessionId!))
        {
            foreach (MemoryItem[] chunk in session.Chunk(500))
            {
                Turn[] turns = [.. chunk.Select(ToTurn)];
                IReadOnlyList<KnownTurn> known = await store.FindTurnsAsync(new TurnLookup(scope.Tenant, session.Key, turns), cancellationToken);
                erased.UnionWith(known.Where(turn => turn.IsErased).Select(turn => ItemId.ForTurn(scope, session.Key, turn.TurnId)));
            }
        }

        return erased;
    }

    private static Turn ToTurn(MemoryItem item) => new()
    {
        Id = item.TurnId!,
        Ordinal = item.Ordinal,
        Role = item.Role ?? TurnRole.User,
        Speaker = item.Speaker,
        Content = item.Text,
        At = item.At,
        HasClientId = item.HasClientId,
        Metadata = item.Metadata,
    };
}

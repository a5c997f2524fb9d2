using MemoryDapr.Types;

namespace MemoryDapr.Stores.Writing;

/// <summary>Stores exported lines again, without bringing back what is erased and without touching other users' sessions.</summary>
internal sealed class Importer(IMemoryStore store, ISessionWindows windows, ImportedSessions sessions, ErasedLines erased)
{
    public async Task<ImportOutcome> ImportAsync(ImportBatch batch, CancellationToken cancellationToken)
    {
        HashSet<string> foreign = await FindForeignAsync(batch, cancellationToken);
        MemoryItem[] own = [.. batch.Items.Where(item => item.SessionId is null || !foreign.Contains(item.SessionId)).Select(Normalize)];
        HashSet<string> known = await FindStoredAsync(batch.Scope, own, cancellationToken);
        MemoryItem[] wanted = [.. own.Where(item => !known.Contains(item.Id)).DistinctBy(item => item.Id)];
        HashSet<string> gone = await erased.FindAsync(batch.Scope, wanted, cancellationToken);
        MemoryItem[] stored = [.. wanted.Where(item => !gone.Contains(item.Id))];
        SessionRecord[] lines = [.. batch.Sessions.Where(session => !foreign.Contains(session.SessionId))];
        IReadOnlyList<SessionRecord> records = await sessions.MergeAsync(batch.Scope, lines, stored, cancellationToken);
        if (stored.Length + records.Count > 0)
        {
            await store.ApplyAsync(
                new StoreBatch
                {
                    Scope = batch.Scope,
                    Items = stored,
                    Sessions = records,
                    History = [.. stored
                        .Where(item => item.Kind != MemoryKind.Turn)
                        .Select(item => new HistoryEntry(item.Id, batch.At, "imported", "Imported from an export.", null, [], item.Sources, null))],
                },
                cancellationToken);
        }

        return new ImportOutcome(stored.Length, own.Length - wanted.Length, gone.Count, batch.Items.Count - own.Length);
    }

    // A turn's id follows from its session and its own id, and what it rests on is itself, whatever the line says.
    private static MemoryItem Normalize(MemoryItem item) => item is { Kind: MemoryKind.Turn, SessionId: { } sessionId, TurnId: { } turnId }
        ? item with { Id = ItemId.ForTurn(item.Scope, sessionId, turnId), Sources = [new TurnSource(sessionId, turnId)] }
        : item;

    // Also a session that another user has begun and of which nothing is stored yet.
    private async Task<HashSet<string>> FindForeignAsync(ImportBatch batch, CancellationToken cancellationToken)
    {
        var foreign = new HashSet<string>(StringComparer.Ordinal);
        IEnumerable<string> ids = batch.Items.Select(item => item.SessionId).OfType<string>();
        foreach (string sessionId in ids.Concat(batch.Sessions.Select(session => session.SessionId)).Distinct())
        {
            SessionRecord? session = await windows.FindAsync(batch.Scope.Tenant, sessionId, cancellationToken);
            if (session is not null && session.Scope != batch.Scope)
            {
                foreign.Add(sessionId);
            }
        }

        return foreign;
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
}

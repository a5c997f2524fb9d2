using MemoryDapr.Types;

namespace MemoryDapr.Stores.Writing;

/// <summary>The records of sessions of which turns are imported.</summary>
/// <remarks>
/// An import comes in parts, in any order, and repeatedly: so turns are counted where they are stored, a line of a session only tells
/// of its times and marks, and a session of which turns are stored has a record, with a line or without.
/// </remarks>
internal sealed class ImportedSessions(IMemoryStore store)
{
    /// <summary>The records that are new or change by the lines and the turns that are stored with them.</summary>
    public async Task<IReadOnlyList<SessionRecord>> MergeAsync(
        Scope scope,
        IReadOnlyList<SessionRecord> lines,
        IReadOnlyList<MemoryItem> items,
        CancellationToken cancellationToken)
    {
        ILookup<string, MemoryItem> turns = items.Where(item => item.Kind == MemoryKind.Turn).ToLookup(item => item.SessionId!);
        Dictionary<string, SessionRecord> bySession = lines.DistinctBy(line => line.SessionId).ToDictionary(line => line.SessionId, StringComparer.Ordinal);
        var records = new List<SessionRecord>();
        foreach (string sessionId in bySession.Keys.Union(turns.Select(group => group.Key)))
        {
            SessionRecord? stored = await store.GetSessionAsync(scope.Tenant, sessionId, cancellationToken);
            bySession.TryGetValue(sessionId, out SessionRecord? line);
            MemoryItem[] added = [.. turns[sessionId]];
            if (stored is null && added.Length == 0 && await IsErasedAsync(scope, line!, cancellationToken))
            {
                continue;
            }

            SessionRecord record = Count(stored ?? New(scope, sessionId, line, added), added);
            if (record != stored)
            {
                records.Add(record);
            }
        }

        return records;
    }

    private static SessionRecord New(Scope scope, string sessionId, SessionRecord? line, MemoryItem[] turns) =>
        line is not null
            ? line with { Scope = scope, TurnCount = 0 }
            : new SessionRecord
            {
                SessionId = sessionId,
                Scope = scope,
                CreatedAt = turns.Min(turn => turn.CreatedAt),
                LastActiveAt = turns.Max(turn => turn.CreatedAt),
            };

    private static SessionRecord Count(SessionRecord record, MemoryItem[] added)
    {
        long next = added.Select(turn => turn.Ordinal + 1).Append(record.NextOrdinal).Max();
        return record with
        {
            TurnCount = record.TurnCount + added.Length,
            NextOrdinal = next,
            IndexedTo = Math.Max(record.IndexedTo, next),
        };
    }

    // The session of an erased user or of an erasure of its own, as it was before that.
    private async Task<bool> IsErasedAsync(Scope scope, SessionRecord line, CancellationToken cancellationToken)
    {
        ErasureRecord? session = await store.GetErasureAsync(scope.Tenant, ErasureKeys.Session(line.SessionId), cancellationToken);
        ErasureRecord? user = await store.GetErasureAsync(scope.Tenant, ErasureKeys.User(scope.User), cancellationToken);
        return line.LastActiveAt < session?.CoversUntil || line.LastActiveAt < user?.CoversUntil;
    }
}

using MemoryDapr.Types;

namespace MemoryDapr.Store.Collections.Chunks;

/// <summary>
/// Reads the turns of a session by their places in it. Ranges of a number have an index of their own, and a sort by one number alone
/// uses it too; ranges of texts and sorts by two keys look at everything that meets the condition, a session's whole past for each turn.
/// </summary>
internal sealed class SessionReader(ICollection chunks, string tenant, string sessionId)
{
    /// <summary>So many turns of ordinary length stay far below what one query can give.</summary>
    private const long OrdinalsAtOnce = 250;

    private static readonly string[] Properties =
        [ChunkProperty.Item, ChunkProperty.Ordinal, ChunkProperty.Seat, ChunkProperty.Own, ChunkProperty.FullContext, ChunkProperty.LightContext];

    /// <summary>The chunks of the turns from an ordinal on and before another, in order.</summary>
    public async Task<List<StoredObject>> ReadAsync(long from, long to, CancellationToken cancellationToken)
    {
        var found = new List<StoredObject>();
        for (long at = from; at < to; at += OrdinalsAtOnce)
        {
            await AddAsync(found, at, Math.Min(to, at + OrdinalsAtOnce), cancellationToken);
        }

        found.Sort((left, right) => string.CompareOrdinal(left.Text(ChunkProperty.Seat), right.Text(ChunkProperty.Seat)));
        return found;
    }

    /// <summary>The ordinal of the last turn before a place; null if there is none.</summary>
    public Task<long?> LastBeforeAsync(long ordinal, CancellationToken cancellationToken) =>
        ordinal <= 0
            ? Task.FromResult<long?>(null)
            : FirstAsync(Condition.That(ChunkProperty.Ordinal, Comparison.Less, (double)ordinal), isDescending: true, cancellationToken);

    /// <summary>The ordinal of the first turn from a place on; null if there is none.</summary>
    public Task<long?> FirstFromAsync(long ordinal, CancellationToken cancellationToken) =>
        FirstAsync(Condition.That(ChunkProperty.Ordinal, Comparison.GreaterOrEqual, (double)ordinal), isDescending: false, cancellationToken);

    private async Task AddAsync(List<StoredObject> all, long from, long to, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredObject> found = await chunks.FindAsync(
            new ObjectQuery
            {
                Tenant = tenant,
                Where = Within(
                    Condition.That(ChunkProperty.Ordinal, Comparison.GreaterOrEqual, (double)from),
                    Condition.That(ChunkProperty.Ordinal, Comparison.Less, (double)to)),
                Properties = Properties,
                Limit = ObjectQuery.MaxLimit,
            },
            cancellationToken);
        if (found.Count < ObjectQuery.MaxLimit || to - from == 1)
        {
            all.AddRange(found);
            return;
        }

        long middle = from + ((to - from) / 2);
        await AddAsync(all, from, middle, cancellationToken);
        await AddAsync(all, middle, to, cancellationToken);
    }

    private async Task<long?> FirstAsync(Condition place, bool isDescending, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredObject> found = await chunks.FindAsync(
            new ObjectQuery
            {
                Tenant = tenant,
                Where = Within(place),
                Properties = [ChunkProperty.Ordinal],
                Order = [new Ordering(ChunkProperty.Ordinal, isDescending)],
                Limit = 1,
            },
            cancellationToken);
        return found.Count == 0 ? null : (long)found[0].Number(ChunkProperty.Ordinal);
    }

    private Condition Within(params ReadOnlySpan<Condition> places) => Condition.All(
        [Condition.Is(ChunkProperty.Session, sessionId), Condition.Is(ChunkProperty.Kind, ChunkObject.NameOf(MemoryKind.Turn)), .. places]);
}

using MemoryDapr.Types;

namespace MemoryDapr.Store.Collections.Chunks;

/// <summary>
/// The part of a session that a batch touches, in order, with as much before and after it as contexts reach: a turn's words stand in
/// the contexts of the chunks around it, so that each new turn rewrites the two before it, and an erased one those beside the gap.
/// </summary>
internal sealed class SessionChain
{
    /// <summary>A chunk whose context is rewritten needs the context of its own; so twice the reach is read.</summary>
    private const int Margin = 2 * ContextText.Reach;

    /// <summary>Turns so many places apart are looked at one by one: what lies between them need not be read.</summary>
    private const long Apart = 100;

    private const int PageSize = 1_000;

    private static readonly string[] Properties =
        [ChunkProperty.Item, ChunkProperty.Seat, ChunkProperty.Own, ChunkProperty.FullContext, ChunkProperty.LightContext];

    private readonly List<Link> _links;
    private readonly int _first;
    private readonly int _end;

    private SessionChain(List<Link> links, int first, int end)
    {
        _links = links;
        _first = first;
        _end = end;
    }

    /// <summary>Reads what is around turns of one session.</summary>
    /// <param name="chunks">The chunks.</param>
    /// <param name="tenant">The scope's tenant.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="touched">Turns of the session that come, change or go.</param>
    /// <param name="texts">The words of each of them that stays.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task<IReadOnlyList<SessionChain>> ReadAsync(
        ICollection chunks, string tenant, string sessionId, IReadOnlyList<ItemState> touched, IReadOnlyDictionary<string, IReadOnlyList<ChunkText>> texts, CancellationToken cancellationToken)
    {
        List<List<ItemState>> groups = Group(sessionId, touched);
        var chains = new List<SessionChain>();
        for (int i = 0; i < groups.Count; i++)
        {
            SessionChain chain = await ReadOneAsync(chunks, tenant, sessionId, groups[i], texts, cancellationToken);
            if (i + 1 < groups.Count && !chain.EndsBefore(groups[i + 1].SelectMany(state => OrdinalsOf(sessionId, state)).Min()))
            {
                // Little or nothing stands between them: each has to be seen as the other will be.
                return [await ReadOneAsync(chunks, tenant, sessionId, touched, texts, cancellationToken)];
            }

            chains.Add(chain);
        }

        return chains;
    }

    /// <summary>Every chunk whose surroundings are known, with its context as it is stored and as it is by its surroundings.</summary>
    public IEnumerable<Place> Places()
    {
        string[] own = [.. _links.Select(link => link.Own)];
        for (int i = _first; i < _end; i++)
        {
            yield return new Place(_links[i].Id, _links[i].ItemId, ChunkObject.IsFirst(_links[i].Seat), _links[i].Stored, ContextText.Of(own, i));
        }
    }

    private bool EndsBefore(long ordinal) =>
        _end < _links.Count && string.CompareOrdinal(_links[^1].Seat, ChunkObject.SeatFrom(ordinal)) < 0;

    private static List<List<ItemState>> Group(string sessionId, IReadOnlyList<ItemState> touched)
    {
        var groups = new List<List<ItemState>>();
        long last = 0;
        foreach (ItemState state in touched.OrderBy(state => OrdinalsOf(sessionId, state).Min()))
        {
            if (groups.Count == 0 || OrdinalsOf(sessionId, state).Min() - last > Apart)
            {
                groups.Add([]);
                last = long.MinValue;
            }

            groups[^1].Add(state);
            last = Math.Max(last, OrdinalsOf(sessionId, state).Max());
        }

        return groups;
    }

    private static IEnumerable<long> OrdinalsOf(string sessionId, ItemState state) =>
        new[] { state.Before, state.Item }.OfType<MemoryItem>().Where(item => item.SessionId == sessionId).Select(item => item.Ordinal);

    private static async Task<SessionChain> ReadOneAsync(
        ICollection chunks, string tenant, string sessionId, IReadOnlyList<ItemState> touched, IReadOnlyDictionary<string, IReadOnlyList<ChunkText>> texts, CancellationToken cancellationToken)
    {
        long[] ordinals = [.. touched.SelectMany(state => OrdinalsOf(sessionId, state))];
        string from = ChunkObject.SeatFrom(ordinals.Min());
        string to = ChunkObject.SeatFrom(ordinals.Max() + 1);
        HashSet<string> replaced = [.. touched.Select(state => state.Id)];
        List<Link> before = [.. (await FindAsync(chunks, tenant, sessionId, Condition.That(ChunkProperty.Seat, Comparison.Less, from), Margin, isDescending: true, cancellationToken)).Reverse<Link>()];
        var links = before.ToList();
        List<Link> rest = await ReadOnAsync(chunks, tenant, sessionId, from, to, replaced, cancellationToken);
        links.AddRange(rest);
        links.AddRange(touched
            .Select(state => state.Item)
            .OfType<MemoryItem>()
            .Where(item => item.SessionId == sessionId)
            .SelectMany(item => texts[item.Id].Select((text, part) => new Link(ChunkObject.SeatOf(item, part), ChunkObject.IdOf(item.Id, part), item.Id, text.Own, default))));
        links.Sort((left, right) => string.CompareOrdinal(left.Seat, right.Seat));
        int after = rest.Count(link => string.CompareOrdinal(link.Seat, to) >= 0);
        return new SessionChain(links, before.Count < Margin ? 0 : ContextText.Reach, links.Count - (after < Margin ? 0 : after - ContextText.Reach));
    }

    // Everything between the first and the last turn that is touched, and the margin after it.
    private static async Task<List<Link>> ReadOnAsync(
        ICollection chunks, string tenant, string sessionId, string from, string to, HashSet<string> replaced, CancellationToken cancellationToken)
    {
        var links = new List<Link>();
        Condition next = Condition.That(ChunkProperty.Seat, Comparison.GreaterOrEqual, from);
        while (true)
        {
            List<Link> page = await FindAsync(chunks, tenant, sessionId, next, PageSize, isDescending: false, cancellationToken);
            links.AddRange(page.Where(link => !replaced.Contains(link.ItemId)));
            if (page.Count < PageSize || links.Count(link => string.CompareOrdinal(link.Seat, to) >= 0) >= Margin)
            {
                int within = links.Count(link => string.CompareOrdinal(link.Seat, to) < 0);
                return [.. links.Take(within + Margin)];
            }

            next = Condition.That(ChunkProperty.Seat, Comparison.Greater, page[^1].Seat);
        }
    }

    private static async Task<List<Link>> FindAsync(
        ICollection chunks, string tenant, string sessionId, Condition place, int limit, bool isDescending, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredObject> found = await chunks.FindAsync(
            new ObjectQuery
            {
                Tenant = tenant,
                Where = Condition.All(Condition.Is(ChunkProperty.Session, sessionId), Condition.Is(ChunkProperty.Kind, ChunkObject.NameOf(MemoryKind.Turn)), place),
                Properties = Properties,
                Order = [new Ordering(ChunkProperty.Ordinal, isDescending), new Ordering(ChunkProperty.Seat, isDescending)],
                Limit = limit,
            },
            cancellationToken);
        return [.. found.Select(chunk => new Link(
            chunk.Text(ChunkProperty.Seat) ?? "", chunk.Id, chunk.Text(ChunkProperty.Item) ?? "", chunk.Text(ChunkProperty.Own) ?? "", ContextText.Of(chunk)))];
    }

    /// <summary>A chunk in its session.</summary>
    /// <param name="Id">The chunk.</param>
    /// <param name="ItemId">Its turn.</param>
    /// <param name="IsFirst">Whether it is its turn's first.</param>
    /// <param name="Stored">Its context as it is stored; of a turn that is touched, none.</param>
    /// <param name="Context">Its context by what is around it.</param>
    internal readonly record struct Place(Guid Id, string ItemId, bool IsFirst, ContextText Stored, ContextText Context);

    private sealed record Link(string Seat, Guid Id, string ItemId, string Own, ContextText Stored);
}

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

    private readonly Link[] _links;
    private readonly int _first;
    private readonly int _end;

    private SessionChain(Link[] links, int first, int end)
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
        var session = new SessionReader(chunks, tenant, sessionId);
        List<List<ItemState>> groups = Group(sessionId, touched);
        var chains = new List<SessionChain>();
        for (int i = 0; i < groups.Count; i++)
        {
            SessionChain chain = await ReadOneAsync(session, sessionId, groups[i], texts, cancellationToken);
            if (i + 1 < groups.Count && !chain.EndsBefore(groups[i + 1].SelectMany(state => OrdinalsOf(sessionId, state)).Min()))
            {
                // Little or nothing stands between them: each has to be seen as the other will be.
                return [await ReadOneAsync(session, sessionId, touched, texts, cancellationToken)];
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
        _end < _links.Length && _links[^1].Ordinal < ordinal;

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
        SessionReader session, string sessionId, IReadOnlyList<ItemState> touched, IReadOnlyDictionary<string, IReadOnlyList<ChunkText>> texts, CancellationToken cancellationToken)
    {
        long[] ordinals = [.. touched.SelectMany(state => OrdinalsOf(sessionId, state))];
        long from = ordinals.Min();
        long to = ordinals.Max() + 1;
        HashSet<string> replaced = [.. touched.Select(state => state.Id)];
        List<StoredObject> around = await session.ReadAsync(Math.Max(0, from - Margin), to + Margin, cancellationToken);
        List<Link> before = await BeforeAsync(session, from, Links(around, link => link.Ordinal < from), cancellationToken);
        List<Link> after = await AfterAsync(session, to, Links(around, link => link.Ordinal >= to), cancellationToken);
        Link[] links =
        [
            .. before,
            .. Links(around, link => link.Ordinal >= from && link.Ordinal < to && !replaced.Contains(link.ItemId))
                .Concat(touched
                    .Select(state => state.Item)
                    .OfType<MemoryItem>()
                    .Where(item => item.SessionId == sessionId)
                    .SelectMany(item => texts[item.Id].Select((text, part) => Link.Of(item, part, text.Own))))
                .OrderBy(link => link.Seat, StringComparer.Ordinal),
            .. after,
        ];
        return new SessionChain(links, before.Count < Margin ? 0 : ContextText.Reach, links.Length - (after.Count < Margin ? 0 : ContextText.Reach));
    }

    // Turns that stood there may have been erased: then what is beyond them counts.
    private static async Task<List<Link>> BeforeAsync(SessionReader session, long from, List<Link> links, CancellationToken cancellationToken)
    {
        long read = from - Margin;
        while (links.Count < Margin && await session.LastBeforeAsync(read, cancellationToken) is { } last)
        {
            read = Math.Max(0, last + 1 - Margin);
            links.InsertRange(0, Links(await session.ReadAsync(read, last + 1, cancellationToken), _ => true));
        }

        return [.. links.TakeLast(Margin)];
    }

    private static async Task<List<Link>> AfterAsync(SessionReader session, long to, List<Link> links, CancellationToken cancellationToken)
    {
        long read = to + Margin;
        while (links.Count < Margin && await session.FirstFromAsync(read, cancellationToken) is { } first)
        {
            read = first + Margin;
            links.AddRange(Links(await session.ReadAsync(first, read, cancellationToken), _ => true));
        }

        return [.. links.Take(Margin)];
    }

    private static List<Link> Links(List<StoredObject> chunks, Func<Link, bool> isMeant) => [.. chunks.Select(Link.Of).Where(isMeant)];

    /// <summary>A chunk in its session.</summary>
    /// <param name="Id">The chunk.</param>
    /// <param name="ItemId">Its turn.</param>
    /// <param name="IsFirst">Whether it is its turn's first.</param>
    /// <param name="Stored">Its context as it is stored; of a turn that is touched, none.</param>
    /// <param name="Context">Its context by what is around it.</param>
    internal readonly record struct Place(Guid Id, string ItemId, bool IsFirst, ContextText Stored, ContextText Context);

    private sealed record Link(string Seat, long Ordinal, Guid Id, string ItemId, string Own, ContextText Stored)
    {
        public static Link Of(MemoryItem item, int part, string own) =>
            new(ChunkObject.SeatOf(item, part), item.Ordinal, ChunkObject.IdOf(item.Id, part), item.Id, own, default);

        public static Link Of(StoredObject chunk) => new(
            chunk.Text(ChunkProperty.Seat) ?? "",
            (long)chunk.Number(ChunkProperty.Ordinal),
            chunk.Id,
            chunk.Text(ChunkProperty.Item) ?? "",
            chunk.Text(ChunkProperty.Own) ?? "",
            ContextText.Of(chunk));
    }
}

namespace MemoryDapr.Store.Collections;

/// <summary>
/// Pages of a list that is in order of a number and, where that is the same, of a text. Weaviate sorts by its index where the one key is
/// a number, and otherwise by reading every object that meets the condition, all that is left of a list for each page of it. So the text
/// decides only among objects of one number.
/// </summary>
/// <param name="collection">Where the objects are.</param>
/// <param name="number">The property that is a number, with an index to filter by.</param>
/// <param name="text">The property that is a text, one that <see cref="Ordering"/> may name.</param>
/// <param name="isDescending">Whether the greatest comes first.</param>
internal sealed class OrderedList(ICollection collection, string number, string text, bool isDescending = false)
{
    /// <summary>A page.</summary>
    /// <param name="query">What is asked for, without an order: its properties have the number and the text.</param>
    /// <param name="after">The place that the page follows; null for the first.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<IReadOnlyList<StoredObject>> FindAsync(ObjectQuery query, (double Number, string Text)? after, CancellationToken cancellationToken)
    {
        Comparison beyond = isDescending ? Comparison.Less : Comparison.Greater;
        var found = new List<StoredObject>();
        Condition? others = null;
        if (after is { } place)
        {
            found.AddRange(await FindSameAsync(query, place.Number, Condition.That(text, beyond, place.Text), query.Limit, cancellationToken));
            others = Condition.That(number, beyond, place.Number);
        }

        int left = query.Limit - found.Count;
        if (left == 0)
        {
            return found;
        }

        ObjectQuery rest = query with { Where = Both(query.Where, others), Order = [new Ordering(number, isDescending)], Limit = left };
        List<StoredObject> page = [.. await collection.FindAsync(rest, cancellationToken)];
        if (page.Count == left)
        {
            // Of the last number there may be more, and the page has any of them.
            double last = page[^1].Number(number);
            page.RemoveAll(stored => stored.Number(number) == last);
            page.AddRange(await FindSameAsync(query, last, null, left - page.Count, cancellationToken));
        }

        page.Sort(Compare);
        return [.. found, .. page];
    }

    private static Condition? Both(Condition? one, Condition? other) =>
        one is null ? other : other is null ? one : Condition.All(one, other);

    private Task<IReadOnlyList<StoredObject>> FindSameAsync(
        ObjectQuery query, double value, Condition? beyond, int limit, CancellationToken cancellationToken) =>
        collection.FindAsync(
            query with { Where = Both(Both(query.Where, Condition.Is(number, value)), beyond), Order = [new Ordering(text, isDescending)], Limit = limit },
            cancellationToken);

    private int Compare(StoredObject left, StoredObject right)
    {
        int byNumber = left.Number(number).CompareTo(right.Number(number));
        int order = byNumber != 0 ? byNumber : string.CompareOrdinal(left.Text(text), right.Text(text));
        return isDescending ? -order : order;
    }
}

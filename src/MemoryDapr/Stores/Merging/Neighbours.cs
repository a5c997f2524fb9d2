using MemoryDapr.Stores.Analysis;
using MemoryDapr.Types;

namespace MemoryDapr.Stores.Merging;

/// <summary>Finds the known items that something new may be the same as.</summary>
internal sealed class Neighbours(IMemoryStore store, ITextSimilarity similarity, TimeProvider time)
{
    /// <summary>How many the search brings, and how many of them the judge sees.</summary>
    private const int Searched = 20;
    private const int Seen = 6;

    /// <summary>Below this likeness a candidate is only noise to a judge.</summary>
    private const double Noise = 0.1;

    /// <summary>The nearest items of the draft's kind, the nearest first; <paramref name="added"/> are looked at as well.</summary>
    public async Task<IReadOnlyList<MemoryItem>> FindAsync(
        MemoryItem draft, IEnumerable<MemoryItem> added, IReadOnlySet<string> own, CancellationToken cancellationToken)
    {
        IReadOnlyList<QueryTerm> terms = QueryAnalyzer.Analyze(draft.Text);
        IEnumerable<MemoryItem> found = terms.Count == 0
            ? []
            : (await store.SearchAsync(
                new SearchPlan
                {
                    Scope = draft.Scope,
                    Terms = terms,
                    Filter = new SearchFilter { Kinds = [draft.Kind] },
                    Count = Searched,
                    AmongDistilled = true,
                    Now = time.GetUtcNow(),
                },
                cancellationToken)).Items.Select(scored => scored.Item);
        return
        [
            .. added.Where(item => item.Kind == draft.Kind)
                .Concat(found)
                .DistinctBy(item => item.Id)
                .Where(item => !own.Contains(item.Id) && ItemMerge.Fits(item, draft))
                .Select(item => (Item: item, Likeness: similarity.Between(draft.Text, item.Text)))
                .Where(pair => pair.Likeness >= Noise)
                .OrderByDescending(pair => pair.Likeness)
                .ThenBy(pair => pair.Item.Id, StringComparer.Ordinal)
                .Take(Seen)
                .Select(pair => pair.Item),
        ];
    }
}

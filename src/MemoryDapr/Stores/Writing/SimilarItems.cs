using MemoryDapr.Stores.Analysis;
using MemoryDapr.Types;

namespace MemoryDapr.Stores.Writing;

/// <summary>Finds items that say what a new one says.</summary>
internal sealed class SimilarItems(IMemoryStore store, ITextSimilarity similarity, TimeProvider time)
{
    /// <summary>
    /// From here on two texts are taken to tell the same. Lower asks pipelines to decide again over texts that differ; higher lets
    /// two tellings that were stored at the same moment stand side by side.
    /// </summary>
    private const double Threshold = 0.7;

    private const int Neighbours = 5;

    /// <summary>Items of the kind of <paramref name="item"/> that are like it and not in <paramref name="known"/>.</summary>
    public async Task<IReadOnlyList<MemoryItem>> FindAsync(MemoryItem item, IReadOnlySet<string> known, CancellationToken cancellationToken)
    {
        IReadOnlyList<QueryTerm> terms = QueryAnalyzer.Analyze(item.Text);
        if (terms.Count == 0)
        {
            return [];
        }

        var plan = new SearchPlan
        {
            Scope = item.Scope,
            Terms = terms,
            Filter = new SearchFilter { Kinds = [item.Kind] },
            Count = Neighbours,
            Now = time.GetUtcNow(),
        };
        SearchResult result = await store.SearchAsync(plan, cancellationToken);
        return [.. result.Items
            .Select(scored => scored.Item)
            .Where(other => !known.Contains(other.Id) && similarity.Between(item.Text, other.Text) >= Threshold)];
    }
}

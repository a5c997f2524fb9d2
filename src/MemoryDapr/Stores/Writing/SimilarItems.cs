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
    /// <param name="item">What is new.</param>
    /// <param name="known">What was taken into account when it was decided on.</param>
    /// <param name="since">What was stored since then; null if that is not known, and the whole scope has to be looked at.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<IReadOnlyList<MemoryItem>> FindAsync(
        MemoryItem item, IReadOnlySet<string> known, IReadOnlyList<string>? since, CancellationToken cancellationToken)
    {
        IEnumerable<MemoryItem> others = since switch
        {
            null => await SearchAsync(item, cancellationToken),
            [] => [],
            _ => (await store.GetItemsAsync(item.Scope.Tenant, since, cancellationToken))
                .Where(other => other.Scope == item.Scope && other.Kind == item.Kind),
        };
        return [.. others.Where(other => !known.Contains(other.Id) && similarity.Between(item.Text, other.Text) >= Threshold)];
    }

    private async Task<IEnumerable<MemoryItem>> SearchAsync(MemoryItem item, CancellationToken cancellationToken)
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
            AmongDistilled = true,
            Now = time.GetUtcNow(),
        };
        SearchResult result = await store.SearchAsync(plan, cancellationToken);
        return result.Items.Select(scored => scored.Item);
    }
}

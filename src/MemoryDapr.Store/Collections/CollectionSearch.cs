using System.Text;
using MemoryDapr.Recall.Ranking;
using MemoryDapr.Store.Collections.Chunks;
using MemoryDapr.Store.Collections.Records;
using MemoryDapr.Store.Sqlite.Index;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Collections;

/// <summary>
/// Ranks a scope for a plan: a database finds candidates by words and by a vector, with the filters before both; what they are worth
/// together is worked out here, with the same bonuses as everywhere.
/// </summary>
internal sealed class CollectionSearch(ICollection chunks)
{
    /// <summary>
    /// How many chunks each query gives. The same for every plan, so that fewer winners are the first of more; more of them do not change
    /// the best 50.
    /// </summary>
    private const int Candidates = 200;

    /// <summary>How many of the items without any word are looked at, the latest ones.</summary>
    private const int Unmatched = 1_000;

    private static readonly string[] Rank = [ChunkProperty.Rank];

    private readonly ItemReader _items = new(chunks);

    public async Task<SearchResult> SearchAsync(SearchPlan plan, ScopeProfile profile, CancellationToken cancellationToken)
    {
        var speakers = new SpeakerNames();
        string[] names = [.. profile.Speakers.Keys];
        foreach (string name in names)
        {
            speakers.Add(Encoding.UTF8.GetBytes(name));
        }

        QuestionWords question = speakers.Split(plan.Terms);
        string speaker = question.Speaker == SpeakerNames.None ? "" : names[question.Speaker];
        string context = ContextWeights.For(plan.WeightClass, profile.MeanLength()) == ContextWeights.Full
            ? ChunkProperty.FullContext
            : ChunkProperty.LightContext;
        Condition? filter = SearchConditions.Of(plan);
        var candidates = new RankedCandidates();
        candidates.AddWords(await FindWordsAsync(plan, context, question.Content, filter, cancellationToken));
        if (plan.Vector is { Count: > 0 } vector)
        {
            candidates.AddLikeness(await chunks.FindAsync(
                new ObjectQuery { Tenant = plan.Scope.Key, Where = filter, Properties = Rank, Near = vector, Limit = Candidates }, cancellationToken));
        }

        HashSet<string> about = speaker.Length == 0 ? [] : await FindAboutAsync(plan, context, question.Names, filter, cancellationToken);
        var bonuses = new PlanBonuses(plan, RankingFeatures.All, speaker.Length > 0);
        List<Winner> winners = [.. candidates.All
            .Select(candidate => new Winner(candidate.Rank, candidate.Text, candidate.Vector, true, candidate.Text + candidate.Vector + bonuses.Sum(Properties(candidate.Rank))))];
        if (winners.Count < plan.Count)
        {
            winners.AddRange(await FindUnmatchedAsync(plan, filter, candidates, rank => Bonuses.Unmatched + bonuses.Sum(Properties(rank)), cancellationToken));
        }

        List<ScoredItem> items = await FetchAsync(plan, [.. winners.Order().Take(plan.Count)], winner => bonuses.Explain(Properties(winner.Rank), winner.Text, winner.Vector, winner.IsMatched), cancellationToken);
        return new SearchResult(items, speaker.Length > 0 && candidates.IsSaidByAnother(speaker), candidates.All.Count);

        BonusProperties Properties(ChunkRank rank) => new(
            rank.Kind == MemoryKind.Turn ? speaker.Length > 0 && rank.Speaker == speaker : about.Contains(rank.ItemId),
            rank.IsUser, rank.IsPinned, rank.At, rank.Salience, rank.Traits);
    }

    // A query without a word is an error to some databases: nothing is asked then.
    private async Task<IReadOnlyList<StoredObject>> FindWordsAsync(
        SearchPlan plan, string context, IReadOnlyList<QueryTerm> terms, Condition? filter, CancellationToken cancellationToken)
    {
        string words = string.Join(' ', terms.Select(term => term.Term).Where(term => term.Length > 0).Distinct(StringComparer.Ordinal));
        return words.Length == 0
            ? []
            : await chunks.FindAsync(
                new ObjectQuery { Tenant = plan.Scope.Key, Where = filter, Properties = Rank, Words = (context, words), Limit = Candidates }, cancellationToken);
    }

    // What somebody else wrote down about the named speaker: it has the name among its own words, for it has no neighbours.
    private async Task<HashSet<string>> FindAboutAsync(
        SearchPlan plan, string context, IReadOnlyList<QueryTerm> names, Condition? filter, CancellationToken cancellationToken)
    {
        Condition derived = Condition.That(ChunkProperty.Kind, Comparison.NotEqual, ChunkObject.NameOf(MemoryKind.Turn));
        IReadOnlyList<StoredObject> found = await FindWordsAsync(plan, context, names, filter is null ? derived : Condition.All(derived, filter), cancellationToken);
        return [.. RankedCandidates.Ranked(found).Select(one => one.Rank.ItemId)];
    }

    private async Task<List<Winner>> FindUnmatchedAsync(
        SearchPlan plan, Condition? filter, RankedCandidates matched, Func<ChunkRank, double> score, CancellationToken cancellationToken)
    {
        Condition first = Condition.Is(ChunkProperty.Part, 0.0);
        IReadOnlyList<StoredObject> found = await chunks.FindAsync(
            new ObjectQuery
            {
                Tenant = plan.Scope.Key,
                Where = filter is null ? first : Condition.All(first, filter),
                Properties = Rank,
                // By one number alone: Weaviate sorts by its index then, and by reading every object where there are two keys.
                Order = [new Ordering(ChunkProperty.Created, IsDescending: true)],
                Limit = Unmatched,
            },
            cancellationToken);
        return [.. RankedCandidates.Ranked(found)
            .Select(one => one.Rank)
            .Where(rank => !matched.Contains(rank.ItemId))
            .Select(rank => new Winner(rank, 0, 0, false, score(rank)))];
    }

    // What was erased since the ranking is not there any more and so is not answered.
    private async Task<List<ScoredItem>> FetchAsync(
        SearchPlan plan, IReadOnlyList<Winner> winners, Func<Winner, IReadOnlyList<ScorePart>> explain, CancellationToken cancellationToken)
    {
        if (winners.Count == 0)
        {
            return [];
        }

        Dictionary<string, MemoryItem> items = (await _items.ReadAsync(plan.Scope.Key, [.. winners.Select(winner => winner.Rank.ItemId)], cancellationToken))
            .Where(item => item.Scope == plan.Scope)
            .ToDictionary(item => item.Id, StringComparer.Ordinal);
        return [.. winners
            .Where(winner => items.ContainsKey(winner.Rank.ItemId))
            .Select(winner => new ScoredItem(items[winner.Rank.ItemId], winner.Score, plan.Explain ? explain(winner) : []))];
    }

    /// <summary>Best first; of equal scores the earlier said, then the lower id.</summary>
    private sealed record Winner(ChunkRank Rank, double Text, double Vector, bool IsMatched, double Score) : IComparable<Winner>
    {
        public int CompareTo(Winner? other)
        {
            if (other is null)
            {
                return 1;
            }

            int score = other.Score.CompareTo(Score);
            int at = score != 0 ? score : Rank.At.CompareTo(other.Rank.At);
            int ordinal = at != 0 ? at : Rank.Ordinal.CompareTo(other.Rank.Ordinal);
            return ordinal != 0 ? ordinal : string.CompareOrdinal(Rank.ItemId, other.Rank.ItemId);
        }
    }
}

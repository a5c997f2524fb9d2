using MemoryDapr.Recall.Ranking;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>
/// Ranks a scope for a plan: words in context, then vectors where there are any, then bonuses, then the best. Items without any word
/// of the question come after all that have one, by bonuses alone, so that fewer winners are always the first of more.
/// </summary>
internal static class ScopeSearch
{
    /// <summary>The winners. The caller holds the index's lock for reading.</summary>
    public static RankedScope Rank(ScopeIndex index, SearchPlan plan, RankingFeatures features = RankingFeatures.All)
    {
        if (index.LiveItems == 0)
        {
            return RankedScope.Empty;
        }

        (int named, List<QueryTerm> content, List<QueryTerm> names) = SplitNames(index, plan, features);
        double meanLength = index.Turns.Count > 0 ? (double)index.Turns.Words / index.Turns.Count : (double)index.Words / index.LiveItems;
        ContextWeights weights = (features & RankingFeatures.Context) != 0
            ? ContextWeights.For(plan.WeightClass, meanLength)
            : ContextWeights.None;
        using var texts = new TextScores(index, weights);
        texts.Add(content);

        var filter = new ItemFilter(index, plan);
        var scores = new ItemScores(plan, features, named, FindMentions(index, named, names));
        Dictionary<int, Match> matches = Collect(index, filter, texts);
        bool fused = (features & RankingFeatures.Vectors) != 0 && FuseVectors(index, filter, plan.Vector, matches);

        var best = new BestItems(index, plan.Count);
        Offer(index, scores, matches, best);
        if (!best.IsFull)
        {
            OfferUnmatched(index, filter, scores, matches, best);
        }

        RankedItem[] winners = [.. best.Take().Select(winner => ToRanked(index, scores, matches, winner, plan.Explain))];
        return new RankedScope(winners, named != SpeakerNames.None && IsSaidByAnother(index, matches, named), fused ? index.LiveItems : matches.Count);
    }

    private static (int Named, List<QueryTerm> Content, List<QueryTerm> Names) SplitNames(ScopeIndex index, SearchPlan plan, RankingFeatures features) =>
        (features & RankingFeatures.Speaker) != 0 ? index.Speakers.Split(plan.Terms) : (SpeakerNames.None, [.. plan.Terms], []);

    // An item matches as well as the best of its chunks.
    private static Dictionary<int, Match> Collect(ScopeIndex index, ItemFilter filter, in TextScores texts)
    {
        var matches = new Dictionary<int, Match>(texts.Matched.Length);
        ReadOnlySpan<IndexedChunk> chunks = index.Chunks;
        ReadOnlySpan<IndexedItem> items = index.Items;
        foreach (int chunk in texts.Matched)
        {
            int slot = chunks[chunk].Item;
            if (!filter.Passes(slot, items[slot]))
            {
                continue;
            }

            ref Match match = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(matches, slot, out _);
            match.Text = Math.Max(match.Text, texts[chunk]);
        }

        return matches;
    }

    private static bool FuseVectors(ScopeIndex index, ItemFilter filter, IReadOnlyList<float>? query, Dictionary<int, Match> matches)
    {
        if (query is null || index.Vectors.Count == 0)
        {
            return false;
        }

        float[] asked = [.. query];
        int[] slots = [.. index.Vectors.Keys];
        float[] cosines = [.. slots.Select(slot => VectorFusion.Cosine(asked, index.Vectors[slot]))];
        VectorFusion.Standardise(cosines);
        for (int i = 0; i < slots.Length; i++)
        {
            if (filter.Passes(slots[i], index.Items[slots[i]]))
            {
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(matches, slots[i], out _).Vector = cosines[i];
            }
        }

        return true;
    }

    private static HashSet<int> FindMentions(ScopeIndex index, int named, List<QueryTerm> names)
    {
        var reader = new MentionReader(index);
        if (named != SpeakerNames.None)
        {
            foreach (QueryTerm name in names)
            {
                index.Postings.Read(TermHash.Of(name.Term), ref reader);
            }
        }

        return reader.Slots;
    }

    private static void Offer(ScopeIndex index, ItemScores scores, Dictionary<int, Match> matches, BestItems best)
    {
        ReadOnlySpan<IndexedItem> items = index.Items;
        foreach ((int slot, Match match) in matches)
        {
            // Most matches are far behind: their bonuses need not be known.
            if (match.Text + match.Vector + scores.MostBonus >= best.Threshold)
            {
                best.Offer(slot, match.Text + match.Vector + scores.Bonus(slot, items[slot]));
            }
        }
    }

    private static void OfferUnmatched(ScopeIndex index, ItemFilter filter, ItemScores scores, Dictionary<int, Match> matches, BestItems best)
    {
        ReadOnlySpan<IndexedItem> items = index.Items;
        for (int slot = 0; slot < items.Length; slot++)
        {
            if (!matches.ContainsKey(slot) && filter.Passes(slot, items[slot]))
            {
                best.Offer(slot, Bonuses.Unmatched + scores.Bonus(slot, items[slot]));
            }
        }
    }

    private static RankedItem ToRanked(ScopeIndex index, ItemScores scores, Dictionary<int, Match> matches, (int Slot, double Score) winner, bool explain)
    {
        IndexedItem item = index.Items[winner.Slot];
        bool matched = matches.TryGetValue(winner.Slot, out Match match);
        return new RankedItem(
            item.RowId,
            winner.Score,
            explain ? scores.Explain(winner.Slot, item, match.Text, match.Vector, matched) : []);
    }

    private static bool IsSaidByAnother(ScopeIndex index, Dictionary<int, Match> matches, int named)
    {
        double theirs = 0;
        double others = 0;
        foreach ((int slot, Match match) in matches)
        {
            IndexedItem item = index.Items[slot];
            if (item.Kind == MemoryKind.Turn)
            {
                theirs = item.Speaker == named ? Math.Max(theirs, match.Text) : theirs;
                others = item.Speaker == named ? others : Math.Max(others, match.Text);
            }
        }

        return others > theirs;
    }

    private struct Match
    {
        public double Text;
        public double Vector;
    }

    private readonly struct MentionReader(ScopeIndex index) : IPostingReader
    {
        public HashSet<int> Slots { get; } = [];

        public void Read(int chunk, int count)
        {
            int slot = index.Chunks[chunk].Item;
            if (slot != IndexedChunk.None && index.Items[slot].Kind != MemoryKind.Turn)
            {
                Slots.Add(slot);
            }
        }
    }
}

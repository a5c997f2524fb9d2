using System.Buffers;
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

        QuestionWords words = (features & RankingFeatures.Speaker) != 0 ? index.Speakers.Split(plan.Terms) : QuestionWords.WithoutNames(plan.Terms);
        var filter = new ItemFilter(index, plan);
        using var matches = new ItemMatches(index.Items.Length);
        MatchWords(index, filter, words.Content, plan.WeightClass, features, matches);
        bool fused = (features & RankingFeatures.Vectors) != 0 && MatchVectors(index, filter, plan.Vector, matches);

        var scores = new ItemScores(plan, features, words.Speaker, FindMentions(index, words));
        var best = new BestItems(index, plan.Count);
        OfferMatches(index, scores, matches, best);
        if (!best.IsFull)
        {
            OfferUnmatched(index, filter, scores, matches, best);
        }

        RankedItem[] winners = [.. best.Take().Select(winner => ToRanked(index, scores, matches, winner, plan.Explain))];
        return new RankedScope(winners, words.NamesSpeaker && IsSaidByAnother(index, matches, words.Speaker), fused ? index.LiveItems : matches.Count);
    }

    private static void MatchWords(
        ScopeIndex index, ItemFilter filter, IReadOnlyList<QueryTerm> words, WeightClass weightClass, RankingFeatures features, ItemMatches matches)
    {
        ContextWeights weights = (features & RankingFeatures.Context) != 0
            ? ContextWeights.For(weightClass, index.Totals.MeanItemLength)
            : ContextWeights.None;
        using var texts = new TextScores(index, weights, features);
        texts.Add(words);
        bool byPart = (features & RankingFeatures.PartTraits) != 0;
        ReadOnlySpan<IndexedChunk> chunks = index.Chunks;
        ReadOnlySpan<IndexedItem> items = index.Items;
        foreach (int chunk in texts.Matched)
        {
            int slot = chunks[chunk].Item;
            if (filter.Passes(slot, items[slot]))
            {
                matches.AddText(slot, byPart ? chunk : IndexedChunk.None, texts[chunk]);
            }
        }
    }

    // Standard scores are over all vectors of the scope, also those that a filter keeps out.
    private static bool MatchVectors(ScopeIndex index, ItemFilter filter, IReadOnlyList<float>? query, ItemMatches matches)
    {
        int count = index.Vectors.Count;
        if (query is null || count == 0)
        {
            return false;
        }

        float[] scores = ArrayPool<float>.Shared.Rent(count);
        int[] slots = ArrayPool<int>.Shared.Rent(count);
        index.Vectors.Cosines([.. query], slots, scores);
        VectorFusion.Standardise(scores.AsSpan(0, count));
        ReadOnlySpan<IndexedItem> items = index.Items;
        for (int i = 0; i < count; i++)
        {
            if (filter.Passes(slots[i], items[slots[i]]))
            {
                matches.AddVector(slots[i], scores[i]);
            }
        }

        ArrayPool<float>.Shared.Return(scores);
        ArrayPool<int>.Shared.Return(slots);
        return true;
    }

    private static HashSet<int> FindMentions(ScopeIndex index, in QuestionWords words)
    {
        var reader = new MentionReader(index);
        if (words.NamesSpeaker)
        {
            foreach (QueryTerm name in words.Names)
            {
                index.Postings.Read(TermHash.Of(name.Term), ref reader);
            }
        }

        return reader.Slots;
    }

    private static void OfferMatches(ScopeIndex index, ItemScores scores, ItemMatches matches, BestItems best)
    {
        ReadOnlySpan<IndexedItem> items = index.Items;
        double mostBonus = scores.MostBonus;
        double threshold = best.Threshold;
        foreach (int slot in matches.Slots)
        {
            // Most matches are far behind: their bonuses need not be known.
            double score = matches.TextOf(slot) + matches.VectorOf(slot);
            if (score + mostBonus >= threshold)
            {
                best.Offer(slot, score + scores.Bonus(slot, items[slot], TraitsOf(index, matches, slot)));
                threshold = best.Threshold;
            }
        }
    }

    // Of a long item most is about something else: what the part names and asks that matches is what counts.
    private static ItemTraits TraitsOf(ScopeIndex index, ItemMatches matches, int slot) =>
        matches.ChunkOf(slot) is var chunk and not IndexedChunk.None ? index.Chunks[chunk].Traits : index.Items[slot].Traits;

    private static void OfferUnmatched(ScopeIndex index, ItemFilter filter, ItemScores scores, ItemMatches matches, BestItems best)
    {
        ReadOnlySpan<IndexedItem> items = index.Items;
        for (int slot = 0; slot < items.Length; slot++)
        {
            if (!matches.Contains(slot) && filter.Passes(slot, items[slot]))
            {
                best.Offer(slot, Bonuses.Unmatched + scores.Bonus(slot, items[slot], items[slot].Traits));
            }
        }
    }

    private static RankedItem ToRanked(ScopeIndex index, ItemScores scores, ItemMatches matches, (int Slot, double Score) winner, bool explain)
    {
        int slot = winner.Slot;
        IndexedItem item = index.Items[slot];
        return new RankedItem(
            item.RowId,
            winner.Score,
            explain ? scores.Explain(slot, item, TraitsOf(index, matches, slot), matches.TextOf(slot), matches.VectorOf(slot), matches.Contains(slot)) : []);
    }

    private static bool IsSaidByAnother(ScopeIndex index, ItemMatches matches, int named)
    {
        double theirs = 0;
        double others = 0;
        ReadOnlySpan<IndexedItem> items = index.Items;
        foreach (int slot in matches.Slots)
        {
            ref readonly IndexedItem item = ref items[slot];
            if (item.Kind == MemoryKind.Turn)
            {
                ref double best = ref item.Speaker == named ? ref theirs : ref others;
                best = Math.Max(best, matches.TextOf(slot));
            }
        }

        return others > theirs;
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

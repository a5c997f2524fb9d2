using System.Buffers;
using System.Runtime.CompilerServices;
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
        bool fused = (features & RankingFeatures.Vectors) != 0 && plan.Vector is not null && index.Vectors.Count > 0;
        using var matches = new ItemMatches(index.Items.Length, (features & RankingFeatures.PartTraits) != 0, fused);
        MatchWords(index, filter, words.Content, plan.WeightClass, features, matches);
        if (fused)
        {
            MatchVectors(index, filter, plan.Vector!, matches);
        }

        var scores = new ItemScores(plan, features, words.Speaker, new NameMentions(index, words));
        var best = new BestItems(index, plan.Count);
        OfferMatches(index, scores, matches, best);
        if (!best.IsFull)
        {
            OfferUnmatched(index, filter, scores, matches, best);
        }

        return new RankedScope(
            ToRanked(index, scores, matches, best.Items, plan.Explain),
            words.NamesSpeaker && IsSaidByAnother(index, matches, words.Speaker),
            fused ? index.LiveItems : matches.Count);
    }

    private static void MatchWords(
        ScopeIndex index, ItemFilter filter, IReadOnlyList<QueryTerm> words, WeightClass weightClass, RankingFeatures features, ItemMatches matches)
    {
        ContextWeights weights = (features & RankingFeatures.Context) != 0
            ? ContextWeights.For(weightClass, index.Totals.MeanItemLength)
            : ContextWeights.None;
        using var texts = new TextScores(index, weights, features);
        texts.Add(words);
        matches.AddTexts(texts, index.Chunks, index.Items, filter);
    }

    // Standard scores are over all vectors of the scope, also those that a filter keeps out.
    private static void MatchVectors(ScopeIndex index, ItemFilter filter, IReadOnlyList<float> query, ItemMatches matches)
    {
        int count = index.Vectors.Count;
        float[] scores = ArrayPool<float>.Shared.Rent(count);
        int[] slots = ArrayPool<int>.Shared.Rent(count);
        index.Vectors.Cosines([.. query], slots, scores);
        VectorFusion.Standardise(scores.AsSpan(0, count));
        ReadOnlySpan<IndexedItem> items = index.Items;
        for (int i = 0; i < count; i++)
        {
            if (filter.PassesLiving(slots[i], items))
            {
                matches.AddVector(slots[i], scores[i]);
            }
        }

        ArrayPool<float>.Shared.Return(scores);
        ArrayPool<int>.Shared.Return(slots);
    }

    private static void OfferMatches(ScopeIndex index, ItemScores scores, ItemMatches matches, BestItems best)
    {
        double mostBonus = scores.MostBonus;
        double threshold = best.Threshold;
        foreach (int slot in matches.Slots)
        {
            // Most matches are far behind: their bonuses need not be known.
            double score = matches.ScoreOf(slot);
            if (score + mostBonus >= threshold)
            {
                OfferMatch(index, scores, matches, best, slot, score);
                threshold = best.Threshold;
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void OfferMatch(ScopeIndex index, ItemScores scores, ItemMatches matches, BestItems best, int slot, double score) =>
        best.Offer(slot, scores.Score(score, best.Threshold, index.Items[slot], TraitsOf(index, matches, slot)));

    // Of a long item most is about something else: what the part names and asks that matches is what counts.
    private static ItemTraits TraitsOf(ScopeIndex index, ItemMatches matches, int slot) =>
        matches.ChunkOf(slot) is var chunk and not IndexedChunk.None ? index.Chunks[chunk].Traits : index.Items[slot].Traits;

    private static void OfferUnmatched(ScopeIndex index, ItemFilter filter, ItemScores scores, ItemMatches matches, BestItems best)
    {
        ReadOnlySpan<IndexedItem> items = index.Items;
        for (int slot = 0; slot < items.Length; slot++)
        {
            if (!matches.Contains(slot) && filter.Passes(slot, items))
            {
                best.Offer(slot, scores.Score(Bonuses.Unmatched, best.Threshold, items[slot], items[slot].Traits));
            }
        }
    }

    private static RankedItem[] ToRanked(
        ScopeIndex index, ItemScores scores, ItemMatches matches, ReadOnlySpan<(int Slot, double Score)> winners, bool explain)
    {
        var ranked = new RankedItem[winners.Length];
        for (int i = 0; i < ranked.Length; i++)
        {
            (int slot, double score) = winners[i];
            ranked[i] = new RankedItem(index.Items[slot].RowId, score, explain ? Explain(index, scores, matches, slot) : []);
        }

        return ranked;
    }

    private static IReadOnlyList<ScorePart> Explain(ScopeIndex index, ItemScores scores, ItemMatches matches, int slot)
    {
        bool matched = matches.Contains(slot);
        return scores.Explain(
            index.Items[slot], TraitsOf(index, matches, slot), matched ? matches.TextOf(slot) : 0, matched ? matches.VectorOf(slot) : 0, matched);
    }

    private static bool IsSaidByAnother(ScopeIndex index, ItemMatches matches, int named)
    {
        double theirs = 0;
        double others = 0;
        ReadOnlySpan<IndexedItem> items = index.Items;
        foreach (int slot in matches.Slots)
        {
            double text = matches.TextOf(slot);
            if (text > Math.Min(theirs, others) && items[slot].Kind == MemoryKind.Turn)
            {
                ref double best = ref items[slot].Speaker == named ? ref theirs : ref others;
                best = Math.Max(best, text);
            }
        }

        return others > theirs;
    }
}

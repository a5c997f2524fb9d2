using MemoryDapr.Distill.Rules;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Distill;

/// <summary>
/// Makes an item anew from the turns that are left of its sources, by rules. The old text only serves to recognise what of the rest it was
/// about; not a word of it is kept.
/// </summary>
internal sealed class DerivedRebuilder(RulesExtractor extractor, ITextSimilarity similarity) : IDerivedRebuilder
{
    /// <summary>A sentence less alike than this to a fact is another fact.</summary>
    private const double Supports = 0.35;

    /// <inheritdoc/>
    public MemoryItem? Rebuild(MemoryItem item, IReadOnlyList<MemoryItem> remainingTurns, DateTimeOffset now)
    {
        MemoryItem[] turns = [.. remainingTurns.Where(turn => turn.TurnId is not null && SourceTurn.Read([turn]).Count > 0)];
        ExtractedEpisode? episode = turns.Length == 0 ? null : extractor.ExtractOne(SourceTurn.Read(turns));
        if (episode is null)
        {
            return null;
        }

        return item.Kind switch
        {
            MemoryKind.Episode => RebuildEpisode(item, episode, turns, now),
            MemoryKind.Fact => RebuildFact(item, episode, turns, now),
            _ => null,
        };
    }

    private static MemoryItem RebuildEpisode(MemoryItem item, ExtractedEpisode episode, MemoryItem[] turns, DateTimeOffset now) => item with
    {
        Title = episode.Title,
        Text = episode.Summary,
        Facts = [.. episode.Facts.Select(fact => new EpisodeFact(fact.Text, ToSources(fact.Turns, turns)))],
        Sources = ToSources(episode.Turns, turns),
        Ordinal = turns[0].Ordinal,
        At = turns.Min(turn => turn.At),
        Until = turns.Max(turn => turn.At),
        UpdatedAt = now,
        Version = item.Version + 1,
    };

    private MemoryItem? RebuildFact(MemoryItem item, ExtractedEpisode episode, MemoryItem[] turns, DateTimeOffset now)
    {
        ExtractedFact? nearest = episode.Facts.MaxBy(fact => similarity.Between(item.Text, fact.Text));
        return nearest is null || similarity.Between(item.Text, nearest.Text) < Supports
            ? null
            : item with
            {
                Text = nearest.Text,
                Sources = ToSources(nearest.Turns, turns),
                At = nearest.Turns.Min(turn => turns[turn].At),
                ValidFrom = nearest.Turns.Min(turn => turns[turn].At),
                UpdatedAt = now,
                Version = item.Version + 1,
            };
    }

    private static IReadOnlyList<TurnSource> ToSources(IEnumerable<int> indexes, MemoryItem[] turns) =>
        [.. indexes.Select(index => turns[index].Sources is [TurnSource own, ..] ? own : new TurnSource(turns[index].SessionId!, turns[index].TurnId!))];
}

using MemoryDapr.Store.Collections.Chunks;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Collections.Records;

/// <summary>What searches and periodic work need to know of a scope as a whole, so that neither has to read it.</summary>
internal sealed record ScopeProfile
{
    /// <summary>Raised when objects of a scope are to be written otherwise than they were; see <see cref="BatchWriter"/>.</summary>
    public const int CurrentForm = 1;

    public required Scope Scope { get; init; }

    /// <summary>How its objects are written: 0 before what is distilled lent its words to turns.</summary>
    public int Form { get; init; }

    /// <summary>How many items it has, and their words.</summary>
    public long Items { get; init; }

    public long Words { get; init; }

    /// <summary>How many of them are turns, and their words: their mean chooses the weight class.</summary>
    public long Turns { get; init; }

    public long TurnWords { get; init; }

    /// <summary>How many items have no vector.</summary>
    public long WithoutVector { get; init; }

    /// <summary>No episode that is not promoted has more salience than this.</summary>
    public double MostRipe { get; init; }

    /// <summary>How many turns each speaker has, by folded name.</summary>
    public IReadOnlyDictionary<string, long> Speakers { get; init; } = new Dictionary<string, long>();

    /// <summary>Words of the mean item, turns alone where there are any.</summary>
    public double MeanLength() => Turns > 0 ? (double)TurnWords / Turns : Items > 0 ? (double)Words / Items : 0;

    /// <summary>The profile once these items are what they will be.</summary>
    public ScopeProfile After(IEnumerable<ItemState> items)
    {
        ScopeProfile profile = this with { Speakers = new Dictionary<string, long>(Speakers, StringComparer.Ordinal) };
        foreach (ItemState state in items)
        {
            if (state.Before is { } before)
            {
                bool hadVector = state.Stored[0].Flag(ChunkProperty.Embedded);
                profile = profile.Count(before, (long)state.Stored.Sum(chunk => chunk.Number(ChunkProperty.Words)), hadVector, -1);
            }

            if (state.Item is { } item)
            {
                profile = profile.Count(item, state.Texts().Sum(text => (long)text.Words), state.Vector is not null, 1);
                profile = item is { Kind: MemoryKind.Episode, Promoted: false }
                    ? profile with { MostRipe = Math.Max(profile.MostRipe, item.Salience.Value) }
                    : profile;
            }
        }

        return profile with { MostRipe = profile.Items == 0 ? 0 : profile.MostRipe };
    }

    private ScopeProfile Count(MemoryItem item, long words, bool hasVector, int sign)
    {
        bool isTurn = item.Kind == MemoryKind.Turn;
        var speakers = new Dictionary<string, long>(Speakers, StringComparer.Ordinal);
        if (isTurn)
        {
            string speaker = ChunkRank.SpeakerOf(item);
            speakers[speaker] = speakers.GetValueOrDefault(speaker) + sign;
            if (speakers[speaker] <= 0)
            {
                speakers.Remove(speaker);
            }
        }

        return this with
        {
            Items = Items + sign,
            Words = Words + (sign * words),
            Turns = Turns + (isTurn ? sign : 0),
            TurnWords = TurnWords + (isTurn ? sign * words : 0),
            WithoutVector = WithoutVector + (hasVector ? 0 : sign),
            Speakers = speakers,
        };
    }
}

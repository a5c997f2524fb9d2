using System.Globalization;
using MemoryDapr.Recall.Ranking;
using MemoryDapr.Stores.Analysis;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Collections.Chunks;

/// <summary>
/// What ranking needs of an item beside its words, packed into one short text: fetching several properties of a few hundred candidates
/// costs more than finding them.
/// </summary>
internal sealed record ChunkRank(
    string ItemId,
    MemoryKind Kind,
    bool IsUser,
    bool IsPinned,
    DateTimeOffset At,
    SalienceLevel Salience,
    long Ordinal,
    ItemTraits Traits,
    string Speaker)
{
    private const char Separator = '|';
    private const int Fields = 11;

    public static ChunkRank Of(MemoryItem item) => new(
        item.Id, item.Kind, item.Role == TurnRole.User, item.Pinned, item.At, item.Salience, item.Ordinal, ItemTraits.Of(item.Text), SpeakerOf(item));

    /// <summary>What is packed beside a chunk.</summary>
    public static ChunkRank Of(StoredObject chunk) =>
        Parse(chunk.Text(ChunkProperty.Rank) ?? throw new InvalidDataException("A chunk has no rank."));

    /// <summary>Who speaks in a turn, folded; empty for what nobody says.</summary>
    public static string SpeakerOf(MemoryItem item) =>
        item.Kind == MemoryKind.Turn ? CharacterFolding.Fold(item.Speaker ?? item.Role?.ToString() ?? "") : "";

    public static ChunkRank Parse(string text)
    {
        string[] fields = text.Split(Separator, Fields);
        CultureInfo culture = CultureInfo.InvariantCulture;
        return new ChunkRank(
            fields[0],
            Enum.Parse<MemoryKind>(fields[1]),
            fields[2].Contains('u', StringComparison.Ordinal),
            fields[2].Contains('p', StringComparison.Ordinal),
            Moment(fields[3]),
            new SalienceLevel(double.Parse(fields[4], culture), Moment(fields[5])),
            long.Parse(fields[6], culture),
            new ItemTraits(float.Parse(fields[7], culture), fields[8][0] == '1', fields[8][1] == '1', fields[8][2] == '1'),
            fields[10]);
    }

    // The name stands last: it alone may hold the separator. The field before it is for what a later release adds.
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{ItemId}|{Kind}|{(IsUser ? "u" : "")}{(IsPinned ? "p" : "")}|{SortText.Of(At)}|{Salience.Value:R}|{SortText.Of(Salience.At)}|{Ordinal}|{Traits.QuestionShare:R}|{Bit(Traits.NamesTime)}{Bit(Traits.NamesNumber)}{Bit(Traits.NamesName)}||{Speaker}");

    private static char Bit(bool value) => value ? '1' : '0';

    private static DateTimeOffset Moment(string ticks) => new(long.Parse(ticks, NumberStyles.HexNumber, CultureInfo.InvariantCulture), TimeSpan.Zero);
}

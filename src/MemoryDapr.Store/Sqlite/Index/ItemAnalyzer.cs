using System.Text.Json;
using MemoryDapr.Recall.Ranking;
using MemoryDapr.Stores.Analysis;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>
/// From an item to what ranking needs of it, in a form that is kept beside the item: an index is loaded from that form and follows
/// writes by it, so that a text is analysed once in its life.
/// </summary>
internal static class ItemAnalyzer
{
    /// <summary>What analyses are made with; what is found of another version is analysed again.</summary>
    public const int Version = (TermAnalyzer.Version << 8) | Form;

    /// <summary>Raised when chunks, traits or the layout change. <see cref="AnalysisReader"/> reads what this writes.</summary>
    private const int Form = 3;

    public static byte[] Analyze(MemoryItem item, AnalysisFeatures features = AnalysisFeatures.All)
    {
        using var memory = new MemoryStream(256);
        using var writer = new BinaryWriter(memory);
        var traits = ItemTraits.Of(item.Text);
        RareProperties? rare = RareProperties.Of(item);
        WriteKey(writer, ItemKey.Of(item.Id, item.Scope.Key));
        writer.Write((byte)item.Kind);
        writer.Write((byte)MarksOf(item, traits, rare));
        writer.Write(traits.QuestionShare);
        writer.Write(item.At.UtcTicks);
        writer.Write(item.Ordinal);
        writer.Write(item.SessionId ?? "");
        writer.Write(item.Kind == MemoryKind.Turn ? CharacterFolding.Fold(item.Speaker ?? item.Role?.ToString() ?? "") : "");
        WriteRare(writer, rare);
        WriteChunks(writer, item, features);
        WriteCited(writer, item);
        return memory.ToArray();
    }

    private static ItemMarks MarksOf(MemoryItem item, ItemTraits traits, RareProperties? rare) =>
        (item.Role == TurnRole.User ? ItemMarks.User : 0)
            | (item.Pinned ? ItemMarks.Pinned : 0)
            | (rare is null ? 0 : ItemMarks.More)
            | (traits.NamesTime ? ItemMarks.NamesTime : 0)
            | (traits.NamesNumber ? ItemMarks.NamesNumber : 0)
            | (traits.NamesName ? ItemMarks.NamesName : 0);

    private static void WriteRare(BinaryWriter writer, RareProperties? rare)
    {
        if (rare is not null)
        {
            byte[] json = JsonSerializer.SerializeToUtf8Bytes(rare, MemoryJson.Options);
            writer.Write7BitEncodedInt(json.Length);
            writer.Write(json);
        }
    }

    private static void WriteChunks(BinaryWriter writer, MemoryItem item, AnalysisFeatures features)
    {
        string header = (features & AnalysisFeatures.Header) != 0 ? ItemHeader.Of(item) : "";
        var counts = new TermCounts();
        string text = IndexedText.Of(item);
        IReadOnlyList<Range> chunks = (features & AnalysisFeatures.Chunks) != 0 ? TextChunks.Split(text) : [Range.All];
        writer.Write7BitEncodedInt(chunks.Count);
        for (int i = 0; i < chunks.Count; i++)
        {
            int words = i == 0 ? TermAnalyzer.Analyze(header, ref counts, features) : 0;
            words += TermAnalyzer.Analyze(text.AsSpan(chunks[i]), ref counts, features);
            writer.Write7BitEncodedInt(words);
            writer.Write7BitEncodedInt(PackedTraits.Of(ItemTraits.Of(text[chunks[i]])).Bits);
            counts.WriteTo(writer);
        }
    }

    private static void WriteCited(BinaryWriter writer, MemoryItem item)
    {
        if (item.Kind.IsDistilled())
        {
            writer.Write7BitEncodedInt(item.Sources.Count);
            foreach (TurnSource source in item.Sources)
            {
                WriteKey(writer, ItemKey.OfTurn(source.SessionId, source.TurnId));
            }
        }
    }

    private static void WriteKey(BinaryWriter writer, ItemKey key)
    {
        writer.Write((byte)key.Kind);
        writer.Write(key.High);
        writer.Write(key.Low);
    }
}

using System.Globalization;
using System.Text.Json;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Collections.Chunks;

/// <summary>Chunks as objects.</summary>
internal static class ChunkObject
{
    private const string FirstPart = ".0000";

    /// <summary>The id of an item's chunk.</summary>
    public static Guid IdOf(string itemId, int part) => ObjectId.Of("chunk", itemId, part.ToString(CultureInfo.InvariantCulture));

    /// <summary>An item's place in lists: by creation, then id.</summary>
    public static string OrderOf(MemoryItem item) => $"{SortText.Of(item.CreatedAt)}.{item.Id}";

    /// <summary>Where a session's chunks from this ordinal on begin.</summary>
    public static string SeatFrom(long ordinal) => ordinal.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>The place of a turn's chunk in its session.</summary>
    public static string SeatOf(MemoryItem item, int part) =>
        string.Create(CultureInfo.InvariantCulture, $"{SeatFrom(item.Ordinal)}.{item.Id}.{part:x4}");

    /// <summary>Whether it is the place of a turn's first chunk.</summary>
    public static bool IsFirst(string seat) => seat.EndsWith(FirstPart, StringComparison.Ordinal);

    /// <summary>The name of a kind in objects.</summary>
    public static string NameOf(MemoryKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The whole object of an item's chunk.</summary>
    public static StoredObject Make(ItemState state, int part, ChunkText text, ContextText context)
    {
        MemoryItem item = state.Item ?? throw new InvalidOperationException("An item that goes has no chunks.");
        var properties = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [ChunkProperty.Item] = item.Id,
            [ChunkProperty.Kind] = NameOf(item.Kind),
            [ChunkProperty.Part] = (double)part,
            [ChunkProperty.Created] = SortText.Milliseconds(item.CreatedAt),
            [ChunkProperty.Order] = OrderOf(item),
            [ChunkProperty.At] = SortText.Of(item.At),
            [ChunkProperty.ValidFrom] = item.ValidFrom is { } from ? SortText.Of(from) : SortText.Always,
            [ChunkProperty.ValidTo] = item.ValidTo is { } to ? SortText.Of(to) : SortText.Never,
            [ChunkProperty.Own] = text.Own,
            [ChunkProperty.Words] = (double)text.Words,
            [ChunkProperty.FullContext] = context.Full,
            [ChunkProperty.LightContext] = context.Light,
            [ChunkProperty.Rank] = (ChunkRank.Of(item) with { Traits = text.Traits }).ToString(),
        };
        Add(properties, ChunkProperty.Session, item.SessionId);
        Add(properties, ChunkProperty.Metadata, FilterWords.Join((item.Metadata ?? new Dictionary<string, MetadataValue>()).Select(pair => FilterWords.Of(pair.Key, pair.Value))));
        if (item.Kind == MemoryKind.Turn)
        {
            properties[ChunkProperty.Ordinal] = (double)item.Ordinal;
            properties[ChunkProperty.Seat] = SeatOf(item, part);
        }

        if (item.Kind != MemoryKind.Turn)
        {
            IEnumerable<string> cited = part == 0 ? item.Sources.Select(FilterWords.Of) : [];
            Add(properties, ChunkProperty.Sources, FilterWords.Join(cited.Concat(LentWords.TurnsOf(item))));
        }

        if (part == 0)
        {
            AddItem(properties, state, item);
        }

        // An object with an empty text has another shape when it is read again: what is empty is left out.
        foreach (string name in properties.Where(property => property.Value is "").Select(property => property.Key).ToList())
        {
            properties.Remove(name);
        }

        return new StoredObject(IdOf(item.Id, part), properties) { Vector = part == 0 ? state.Vector : null };
    }

    private static void AddItem(Dictionary<string, object> properties, ItemState state, MemoryItem item)
    {
        properties[ChunkProperty.Data] = JsonSerializer.Serialize(item, MemoryJson.Options);
        properties[ChunkProperty.Embedded] = state.Vector is not null;
        Add(properties, ChunkProperty.History, state.History.Count == 0 ? null : JsonSerializer.Serialize(state.History, MemoryJson.Options));
        if (item is { Kind: MemoryKind.Episode, Promoted: false })
        {
            properties[ChunkProperty.Ripe] = item.Salience.Value;
        }
    }

    private static void Add(Dictionary<string, object> properties, string name, string? value)
    {
        if (value is not null)
        {
            properties[name] = value;
        }
    }
}

namespace MemoryDapr.Store.Collections.Chunks;

/// <summary>The properties of a chunk. Those that filters name are indexed, the contexts are searched, the rest is carried along.</summary>
internal static class ChunkProperty
{
    /// <summary>The item's id.</summary>
    public const string Item = "item";

    /// <summary>The item's kind.</summary>
    public const string Kind = "kind";

    /// <summary>Which of the item's chunks it is, from 0. The first one also carries the item itself.</summary>
    public const string Part = "part";

    /// <summary>The item's session.</summary>
    public const string Session = "session";

    /// <summary>A turn's place in its session.</summary>
    public const string Ordinal = "ordinal";

    /// <summary>A turn's chunk's place in its session, as a text.</summary>
    public const string Seat = "seat";

    /// <summary>When the item was stored, in milliseconds.</summary>
    public const string Created = "created";

    /// <summary>The item's place in lists, as a text.</summary>
    public const string Order = "order";

    /// <summary>When it was said.</summary>
    public const string At = "at";

    /// <summary>From when it holds.</summary>
    public const string ValidFrom = "validFrom";

    /// <summary>Until when it holds.</summary>
    public const string ValidTo = "validTo";

    /// <summary>The application's properties, one word each.</summary>
    public const string Metadata = "meta";

    /// <summary>
    /// The turns that an item other than a turn rests on, a hash for each, with the first chunk only; and the ids of the turns that it lends
    /// its words to, with every chunk.
    /// </summary>
    public const string Sources = "sources";

    /// <summary>The stored salience of an episode that is not promoted; with the first chunk only.</summary>
    public const string Ripe = "ripe";

    /// <summary>Whether the item has a vector; with the first chunk only.</summary>
    public const string Embedded = "embedded";

    /// <summary>The chunk's own terms.</summary>
    public const string Own = "own";

    /// <summary>The chunk's own words.</summary>
    public const string Words = "words";

    /// <summary>See <see cref="ContextText.Full"/>.</summary>
    public const string FullContext = "ctxFull";

    /// <summary>See <see cref="ContextText.Light"/>.</summary>
    public const string LightContext = "ctxLight";

    /// <summary>See <see cref="ChunkRank"/>.</summary>
    public const string Rank = "rank";

    /// <summary>The item, as JSON; with the first chunk only.</summary>
    public const string Data = "data";

    /// <summary>The item's history, as JSON; with the first chunk only.</summary>
    public const string History = "history";

    /// <summary>All of them: what has to be read before an object is written again.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Item, Kind, Part, Session, Ordinal, Seat, Created, Order, At, ValidFrom, ValidTo, Metadata, Sources, Ripe, Embedded, Own, Words,
        FullContext, LightContext, Rank, Data, History,
    ];
}

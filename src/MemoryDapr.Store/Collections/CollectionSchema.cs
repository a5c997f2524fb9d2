using System.Globalization;
using System.Text.Json;
using MemoryDapr.Store.Collections.Chunks;
using MemoryDapr.Store.Collections.Records;
using MemoryDapr.Stores.Analysis;

namespace MemoryDapr.Store.Collections;

/// <summary>
/// The collections as Weaviate is told of them. Index settings act on what is written after them, so a change of any is a new version of
/// the collection behind the same alias, never a change of the old one.
/// </summary>
/// <param name="prefix">What the names begin with.</param>
internal sealed class CollectionSchema(string prefix)
{
    /// <summary>The name of the one vector that a chunk may have.</summary>
    public const string Vector = "default";

    /// <summary>Raised with every change below, and with the analysis: terms of one version are not found by those of another.</summary>
    private const int Version = 1;

    private const double Saturation = 6;
    private const double LengthShare = 0.75;

    /// <summary>The alias of the chunks.</summary>
    public string Chunks => $"{prefix}Chunk";

    /// <summary>The alias of the records.</summary>
    public string Records => $"{prefix}Record";

    /// <summary>The name of this release's version of a collection.</summary>
    public static string Versioned(string alias) => string.Create(CultureInfo.InvariantCulture, $"{alias}_v{Version}a{TermAnalyzer.Version}");

    /// <summary>The definition of this release's version of the chunks.</summary>
    public string ChunksJson() => JsonSerializer.Serialize(new
    {
        @class = Versioned(Chunks),
        description = "Parts of memories with their neighbours' terms, one tenant for each scope.",
        multiTenancyConfig = new { enabled = true, autoTenantCreation = true, autoTenantActivation = true },
        vectorConfig = new Dictionary<string, object>
        {
            [Vector] = new
            {
                vectorizer = new { none = new { } },
                vectorIndexType = "hnsw",
                vectorIndexConfig = new { distance = "cosine" },
            },
        },
        invertedIndexConfig = InvertedIndex(),
        properties = new[]
        {
            Word(ChunkProperty.Item),
            Word(ChunkProperty.Kind),
            Number(ChunkProperty.Part),
            Word(ChunkProperty.Session),
            // Ranges are asked for with every turn that is written.
            Number(ChunkProperty.Ordinal, isRange: true),
            // Nothing filters by it any more: the next version can carry it.
            Word(ChunkProperty.Seat),
            Number(ChunkProperty.Created),
            Word(ChunkProperty.Order),
            Word(ChunkProperty.At),
            Word(ChunkProperty.ValidFrom),
            Word(ChunkProperty.ValidTo),
            Words(ChunkProperty.Metadata),
            Words(ChunkProperty.Sources),
            Number(ChunkProperty.Ripe, isRange: true),
            Flag(ChunkProperty.Embedded),
            Carried(ChunkProperty.Own),
            Number(ChunkProperty.Words, isFilterable: false),
            Searched(ChunkProperty.FullContext),
            Searched(ChunkProperty.LightContext),
            Carried(ChunkProperty.Rank),
            Carried(ChunkProperty.Data),
            Carried(ChunkProperty.History),
        },
    });

    /// <summary>The definition of this release's version of the records.</summary>
    public string RecordsJson() => JsonSerializer.Serialize(new
    {
        @class = Versioned(Records),
        description = "Sessions, pipelines, erasures and what else is kept beside memories, of all scopes.",
        vectorizer = "none",
        vectorIndexType = "hnsw",
        vectorIndexConfig = new { skip = true },
        invertedIndexConfig = InvertedIndex(),
        properties = new[]
        {
            Word(RecordProperty.Type),
            Word(RecordProperty.Tenant),
            Word(RecordProperty.Owner),
            Word(RecordProperty.Name),
            Word(RecordProperty.State),
            Word(RecordProperty.Updated),
            Number(RecordProperty.Created),
            Word(RecordProperty.Order),
            Carried(RecordProperty.Data),
        },
    });

    // Stop words are ours: Weaviate's own would drop terms that the analysis kept.
    private static object InvertedIndex() => new
    {
        bm25 = new { k1 = Saturation, b = LengthShare },
        stopwords = new { preset = "none" },
    };

    private static object Word(string name) => Text(name, "field", isFilterable: true, isSearchable: false);

    private static object Words(string name) => Text(name, "whitespace", isFilterable: true, isSearchable: false);

    private static object Searched(string name) => Text(name, "whitespace", isFilterable: false, isSearchable: true);

    private static object Carried(string name) => Text(name, "field", isFilterable: false, isSearchable: false);

    private static object Text(string name, string tokenization, bool isFilterable, bool isSearchable) => new
    {
        name,
        dataType = new[] { "text" },
        tokenization,
        indexFilterable = isFilterable,
        indexSearchable = isSearchable,
    };

    private static object Number(string name, bool isFilterable = true, bool isRange = false) => new
    {
        name,
        dataType = new[] { "number" },
        indexFilterable = isFilterable,
        indexRangeFilters = isRange,
    };

    private static object Flag(string name) => new { name, dataType = new[] { "boolean" }, indexFilterable = true };
}

using System.Text.Json.Serialization;

namespace MemoryDapr.Types;

/// <summary>What an item is.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<MemoryKind>))]
public enum MemoryKind
{
    /// <summary>A turn of a conversation, kept as evidence.</summary>
    Turn,

    /// <summary>What happened: distilled from a run of turns.</summary>
    Episode,

    /// <summary>What is known: promoted from episodes.</summary>
    Fact,

    /// <summary>What an application stored directly.</summary>
    Document,
}

using System.Text.Json.Serialization;

namespace MemoryDapr.Types;

/// <summary>Where an item of an answer comes from.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<MemoryTier>))]
public enum MemoryTier
{
    /// <summary>The live session's window.</summary>
    Working,

    /// <summary>Turns as evidence, and episodes.</summary>
    Episodic,

    /// <summary>Facts and documents.</summary>
    Semantic,
}

using System.Text.Json.Serialization;
using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>What an answer made of an item.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<CitationVerdict>))]
public enum CitationVerdict
{
    /// <summary>It rests on it.</summary>
    Used,

    /// <summary>It found it wrong.</summary>
    Refuted,
}

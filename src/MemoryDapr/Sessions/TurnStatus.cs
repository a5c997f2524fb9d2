using System.Text.Json.Serialization;
using MemoryDapr.Types;

namespace MemoryDapr.Sessions;

/// <summary>What became of an appended turn.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<TurnStatus>))]
public enum TurnStatus
{
    /// <summary>It is stored.</summary>
    Accepted,

    /// <summary>It was stored before, with this content.</summary>
    Duplicate,

    /// <summary>It has been erased and is not stored again.</summary>
    Erased,
}

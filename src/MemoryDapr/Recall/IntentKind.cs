using System.Text.Json.Serialization;
using MemoryDapr.Types;

namespace MemoryDapr.Recall;

/// <summary>What a question asks for.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<IntentKind>))]
internal enum IntentKind
{
    /// <summary>Nothing in particular: whatever bears on it.</summary>
    Open,

    /// <summary>A time.</summary>
    Time,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A name: of a person, a place, a thing.</summary>
    Name,
}

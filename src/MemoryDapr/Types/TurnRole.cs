using System.Text.Json.Serialization;

namespace MemoryDapr.Types;

/// <summary>Who speaks in a turn, as chat models name it.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<TurnRole>))]
public enum TurnRole
{
    /// <summary>A person. Several people are told apart by the turn's speaker.</summary>
    User,

    /// <summary>The model.</summary>
    Assistant,

    /// <summary>The application's instructions.</summary>
    System,

    /// <summary>What a tool answered.</summary>
    Tool,
}

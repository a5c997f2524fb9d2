using System.Text.Json.Serialization;
using MemoryDapr.Types;

namespace MemoryDapr.Api.Exchange;

/// <summary>One line of an export, and of an import: a session, an item, or the end of a page.</summary>
internal sealed record ExchangeLine
{
    public ExchangeLineType? Type { get; init; }

    public SessionLine? Session { get; init; }

    public ItemLine? Item { get; init; }

    /// <summary>On the last line of a page that is not the last: where the next begins. An import passes over it.</summary>
    public string? NextCursor { get; init; }
}

/// <summary>What a line holds.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ExchangeLineType>))]
internal enum ExchangeLineType
{
    Session,
    Item,
    End,
}

using MemoryDapr.Types;

namespace MemoryDapr.Sessions;

/// <summary>A turn as a client hands it in, by HTTP or as an event; checked by <c>NewTurnValidator</c>.</summary>
public sealed record NewTurn
{
    /// <summary>1–200 of <c>[A-Za-z0-9._:-]</c>; null lets the service give one.</summary>
    public string? Id { get; init; }

    /// <summary>Who speaks. Required.</summary>
    public TurnRole? Role { get; init; }

    /// <summary>The speaker's name, 1–100 characters; null where the role says enough.</summary>
    public string? Speaker { get; init; }

    /// <summary>1–32,000 characters, not only white space. Required.</summary>
    public string? Content { get; init; }

    /// <summary>When it was said; null for now.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>At most 16 properties.</summary>
    public IReadOnlyDictionary<string, MetadataValue>? Metadata { get; init; }

    /// <summary>The turn to append; the turn must be valid. Its ordinal is given by its session.</summary>
    /// <param name="fallbackId">The id where the client gave none.</param>
    /// <param name="now">The time where the client gave none.</param>
    internal Turn ToTurn(string fallbackId, DateTimeOffset now) => new()
    {
        Id = Id ?? fallbackId,
        HasClientId = Id is not null,
        Role = Role!.Value,
        Speaker = Speaker,
        Content = Content!,
        At = (At ?? now).ToUniversalTime(),
        Metadata = Metadata is { Count: > 0 } ? Metadata : null,
    };
}

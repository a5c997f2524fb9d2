using MemoryDapr.Types;

namespace MemoryDapr.Api.Sessions;

/// <summary>A turn as a client posts it.</summary>
internal sealed record NewTurn
{
    public string? Id { get; init; }

    public TurnRole? Role { get; init; }

    public string? Speaker { get; init; }

    public string? Content { get; init; }

    public DateTimeOffset? At { get; init; }

    public IReadOnlyDictionary<string, MetadataValue>? Metadata { get; init; }
}

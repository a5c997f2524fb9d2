using MemoryDapr.Types;

namespace MemoryDapr.Api.Items;

/// <summary>A memory as clients see it.</summary>
internal sealed record ItemAnswer
{
    public required string Id { get; init; }

    public required string User { get; init; }

    public required MemoryTier Tier { get; init; }

    public required MemoryKind Kind { get; init; }

    public required string Text { get; init; }

    public string? Title { get; init; }

    public string? SessionId { get; init; }

    public required IReadOnlyList<string> TurnIds { get; init; }

    public TurnRole? Role { get; init; }

    public string? Speaker { get; init; }

    public required DateTimeOffset At { get; init; }

    public DateTimeOffset? Until { get; init; }

    public required IReadOnlyList<TurnSource> Sources { get; init; }

    public required IReadOnlyList<EpisodeFact> Facts { get; init; }

    public required IReadOnlyList<string> DerivedFrom { get; init; }

    public DateTimeOffset? ValidFrom { get; init; }

    public DateTimeOffset? ValidTo { get; init; }

    public IReadOnlyDictionary<string, MetadataValue>? Metadata { get; init; }

    public required double Salience { get; init; }

    public required bool Pinned { get; init; }

    public required bool Promoted { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required long Version { get; init; }

    public static ItemAnswer From(MemoryItem item, DateTimeOffset now) => new()
    {
        Id = item.Id,
        User = item.Scope.User,
        Tier = item.Kind.Tier(),
        Kind = item.Kind,
        Text = item.Text,
        Title = item.Title,
        SessionId = item.SessionId,
        TurnIds = [.. item.Sources.Select(source => source.TurnId)],
        Role = item.Role,
        Speaker = item.Speaker,
        At = item.At,
        Until = item.Until,
        Sources = item.Sources,
        Facts = item.Facts,
        DerivedFrom = item.DerivedFrom,
        ValidFrom = item.ValidFrom,
        ValidTo = item.ValidTo,
        Metadata = item.Metadata,
        Salience = Math.Round(item.Salience.ValueAt(now), 6),
        Pinned = item.Pinned,
        Promoted = item.Promoted,
        CreatedAt = item.CreatedAt,
        UpdatedAt = item.UpdatedAt,
        Version = item.Version,
    };
}

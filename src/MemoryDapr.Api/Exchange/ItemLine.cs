using MemoryDapr.Types;

namespace MemoryDapr.Api.Exchange;

/// <summary>An item as a line has it: all of it, but for its user, so that it can be brought into another scope.</summary>
internal sealed record ItemLine
{
    public string? Id { get; init; }

    public MemoryKind? Kind { get; init; }

    public string? Text { get; init; }

    public string? Title { get; init; }

    public string? SessionId { get; init; }

    public string? TurnId { get; init; }

    public long? Ordinal { get; init; }

    public TurnRole? Role { get; init; }

    public string? Speaker { get; init; }

    public bool? HasClientId { get; init; }

    public DateTimeOffset? At { get; init; }

    public DateTimeOffset? Until { get; init; }

    public IReadOnlyList<SourceLine>? Sources { get; init; }

    public IReadOnlyList<FactLine>? Facts { get; init; }

    public IReadOnlyList<string>? DerivedFrom { get; init; }

    public DateTimeOffset? ValidFrom { get; init; }

    public DateTimeOffset? ValidTo { get; init; }

    public IReadOnlyDictionary<string, MetadataValue>? Metadata { get; init; }

    public SalienceLine? Salience { get; init; }

    public bool? Pinned { get; init; }

    public bool? Promoted { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public long? Version { get; init; }

    public static ItemLine From(MemoryItem item) => new()
    {
        Id = item.Id,
        Kind = item.Kind,
        Text = item.Text,
        Title = item.Title,
        SessionId = item.SessionId,
        TurnId = item.TurnId,
        Ordinal = item.Ordinal,
        Role = item.Role,
        Speaker = item.Speaker,
        HasClientId = item.Kind == MemoryKind.Turn ? item.HasClientId : null,
        At = item.At,
        Until = item.Until,
        Sources = SourceLine.From(item.Sources),
        Facts = [.. item.Facts.Select(FactLine.From)],
        DerivedFrom = item.DerivedFrom,
        ValidFrom = item.ValidFrom,
        ValidTo = item.ValidTo,
        Metadata = item.Metadata,
        Salience = new SalienceLine { Value = item.Salience.Value, At = item.Salience.At },
        Pinned = item.Pinned,
        Promoted = item.Promoted,
        CreatedAt = item.CreatedAt,
        UpdatedAt = item.UpdatedAt,
        Version = item.Version,
    };

    /// <summary>The item in a scope, under the ids that it has there.</summary>
    public MemoryItem ToItem(Scope scope) => new()
    {
        Id = ItemId.InScope(Id!, scope),
        Scope = scope,
        Kind = Kind!.Value,
        Text = Text!,
        Title = Title,
        SessionId = SessionId,
        TurnId = TurnId,
        Ordinal = Ordinal ?? 0,
        Role = Role,
        Speaker = Speaker,
        HasClientId = HasClientId ?? false,
        At = At!.Value,
        Until = Until,
        Sources = SourceLine.ToSources(Sources),
        Facts = [.. (Facts ?? []).Select(fact => fact.ToFact())],
        DerivedFrom = [.. (DerivedFrom ?? []).Select(id => ItemId.InScope(id, scope))],
        ValidFrom = ValidFrom,
        ValidTo = ValidTo,
        Metadata = Metadata,
        Salience = new SalienceLevel(Salience!.Value!.Value, Salience.At!.Value),
        Pinned = Pinned ?? false,
        Promoted = Promoted ?? false,
        CreatedAt = CreatedAt!.Value,
        UpdatedAt = UpdatedAt!.Value,
        Version = Version ?? 1,
    };
}

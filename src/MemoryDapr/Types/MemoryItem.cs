namespace MemoryDapr.Types;

/// <summary>One memory, as the store keeps it.</summary>
public sealed record MemoryItem
{
    /// <summary>See <see cref="ItemId"/>.</summary>
    public required string Id { get; init; }

    /// <summary>Whose memory it is.</summary>
    public required Scope Scope { get; init; }

    /// <summary>What it is.</summary>
    public required MemoryKind Kind { get; init; }

    /// <summary>The turn's content, the episode's summary, the fact's sentence, the document's text.</summary>
    public required string Text { get; init; }

    /// <summary>An episode's or a document's title.</summary>
    public string? Title { get; init; }

    /// <summary>The session of a turn or an episode.</summary>
    public string? SessionId { get; init; }

    /// <summary>A turn's id in its session; null for everything else.</summary>
    public string? TurnId { get; init; }

    /// <summary>A turn's place in its session, an episode's first; 0 for everything else.</summary>
    public long Ordinal { get; init; }

    /// <summary>Who speaks in a turn.</summary>
    public TurnRole? Role { get; init; }

    /// <summary>The name of who speaks in a turn.</summary>
    public string? Speaker { get; init; }

    /// <summary>Whether a turn's id was given by the client; see <see cref="Turn.HasClientId"/>.</summary>
    public bool HasClientId { get; init; }

    /// <summary>When it was said or happened, UTC; an episode's first moment.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>An episode's last moment.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The turns it rests on: a turn's is itself; a document has none.</summary>
    public IReadOnlyList<TurnSource> Sources { get; init; } = [];

    /// <summary>What an episode says is so.</summary>
    public IReadOnlyList<EpisodeFact> Facts { get; init; } = [];

    /// <summary>The items a fact was promoted from.</summary>
    public IReadOnlyList<string> DerivedFrom { get; init; } = [];

    /// <summary>From when it holds; null where that is not known.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Until when it held, exclusive; null while it holds.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>The application's own properties.</summary>
    public IReadOnlyDictionary<string, MetadataValue>? Metadata { get; init; }

    /// <summary>How much it has proved to matter.</summary>
    public required SalienceLevel Salience { get; init; }

    /// <summary>Whether an application pinned it: its salience does not decay in ranking, and nothing merges it away.</summary>
    public bool Pinned { get; init; }

    /// <summary>Whether an episode has been promoted to facts.</summary>
    public bool Promoted { get; init; }

    /// <summary>When it was first stored, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed, UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>1 at first, one more with every change; the ETag. Salience is not part of it.</summary>
    public long Version { get; init; } = 1;

    /// <summary>A turn item as the turn that was said.</summary>
    internal Turn ToTurn() => new()
    {
        Id = TurnId ?? "",
        Ordinal = Ordinal,
        Role = Role ?? TurnRole.User,
        Speaker = Speaker,
        Content = Text,
        At = At,
        HasClientId = HasClientId,
        ReceivedAt = CreatedAt,
        Metadata = Metadata,
    };
}

namespace EmbeddedDapr.Actors;

internal enum StateChangeKind
{
    None,
    Set,
    Removed,
}

/// <summary>A value in an actor's memory, and whether it differs from what is stored.</summary>
internal sealed class CachedState
{
    public required object? Value { get; set; }

    public required Type Type { get; set; }

    public required StateChangeKind Change { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public bool HasExpired(DateTimeOffset now) => ExpiresAt <= now;
}

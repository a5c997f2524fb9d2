namespace MemoryDapr.Sessions;

/// <summary>The data of <c>memory.turns.v1</c>: turns that another service appends.</summary>
public sealed record TurnsEvent
{
    /// <summary>The tenant; publishers are trusted with it, by the scopes of the pub/sub component. Required.</summary>
    public string? Tenant { get; init; }

    /// <summary>The session, <c>^[a-zA-Z0-9_-]{1,100}$</c>. Required.</summary>
    public string? SessionId { get; init; }

    /// <summary>The user, same form; null for the session's owner, or the user <c>default</c> of a new session.</summary>
    public string? User { get; init; }

    /// <summary>1–100 turns, in order. Required.</summary>
    public IReadOnlyList<NewTurn?>? Turns { get; init; }
}

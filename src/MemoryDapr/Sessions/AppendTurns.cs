namespace MemoryDapr.Sessions;

/// <summary>Turns to append to a session as a client hands them in; checked by <c>AppendTurnsValidator</c>.</summary>
public sealed record AppendTurns
{
    /// <summary>The session, <c>^[a-zA-Z0-9_-]{1,100}$</c>. Required.</summary>
    public string? SessionId { get; init; }

    /// <summary>The user, same form; null for the session's owner, or the user <c>default</c> of a new session.</summary>
    public string? User { get; init; }

    /// <summary>1–100 turns, in order. Required.</summary>
    public IReadOnlyList<NewTurn?>? Turns { get; init; }
}

namespace MemoryDapr.Api.Sessions;

/// <summary>Turns to append to the session that the body names.</summary>
internal sealed record AppendSessionTurns
{
    public string? SessionId { get; init; }

    public string? User { get; init; }

    public IReadOnlyList<NewTurn>? Turns { get; init; }
}

namespace MemoryDapr.Api.Sessions;

/// <summary>Turns to append to the session of the path.</summary>
internal sealed record AppendTurns
{
    public string? User { get; init; }

    public IReadOnlyList<NewTurn>? Turns { get; init; }
}

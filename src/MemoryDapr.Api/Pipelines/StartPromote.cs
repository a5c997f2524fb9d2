namespace MemoryDapr.Api.Pipelines;

/// <summary>Asks to promote a user's ripe episodes now.</summary>
internal sealed record StartPromote
{
    public string? User { get; init; }
}

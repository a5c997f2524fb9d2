namespace MemoryDapr.Api.Pipelines;

/// <summary>Asks to distil a session now.</summary>
internal sealed record StartDistill
{
    public string? SessionId { get; init; }
}

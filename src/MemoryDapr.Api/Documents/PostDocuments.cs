namespace MemoryDapr.Api.Documents;

/// <summary>Documents to store in a user's semantic memory.</summary>
internal sealed record PostDocuments
{
    public string? User { get; init; }

    public IReadOnlyList<PostDocument>? Documents { get; init; }
}

using MemoryDapr.Stores;

namespace MemoryDapr.Api.Citations;

/// <summary>An answer used or refuted these memories.</summary>
internal sealed record PostCitations
{
    public IReadOnlyList<string>? MemoryIds { get; init; }

    public string? AnswerId { get; init; }

    public CitationVerdict? Verdict { get; init; }
}

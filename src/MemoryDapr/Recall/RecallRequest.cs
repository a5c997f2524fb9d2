using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Recall;

/// <summary>A question to the memory, validated.</summary>
internal sealed record RecallRequest
{
    /// <summary>Whose memory.</summary>
    public required Scope Scope { get; init; }

    /// <summary>The question, 1–10,000 characters.</summary>
    public required string Query { get; init; }

    /// <summary>How many items, 1–100, the window's not counted.</summary>
    public required int Count { get; init; }

    /// <summary>What items must be; its kinds are those of the request.</summary>
    public required SearchFilter Filter { get; init; }

    /// <summary>Only of these tiers; empty for all.</summary>
    public IReadOnlyList<MemoryTier> Tiers { get; init; } = [];

    /// <summary>The most tokens of the context.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>Whether items carry the parts of their score.</summary>
    public bool Explain { get; init; }
}

namespace MemoryDapr.Types;

/// <summary>A pipeline as lists show it, from the moment it is wanted until retention removes it.</summary>
public sealed record PipelineRecord
{
    /// <summary>See <see cref="Types.PipelineId"/>.</summary>
    public required string Id { get; init; }

    /// <summary>Whose memory it works on.</summary>
    public required Scope Scope { get; init; }

    /// <summary>What it does.</summary>
    public required PipelineKind Kind { get; init; }

    /// <summary>The session that is distilled; null for a promotion.</summary>
    public string? SessionId { get; init; }

    /// <summary>The first turn's ordinal.</summary>
    public long From { get; init; }

    /// <summary>The watermark: the ordinal after the last turn.</summary>
    public long To { get; init; }

    /// <summary>How far it is.</summary>
    public required PipelineStatus Status { get; init; }

    /// <summary>How often it was scheduled.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>Why it failed: an error's type and message, never memory text.</summary>
    public string? Error { get; init; }

    /// <summary>What a step left for the next one (JSON), so that a workflow's history holds ids only. Erased with its session.</summary>
    public string? Draft { get; init; }

    /// <summary>How many turns the draft was made of; a draft of turns of which one has been erased meanwhile is not kept.</summary>
    public int DraftTurns { get; init; }

    /// <summary>When it was wanted, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed, UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>A promotion that is wanted: the same cause is the same pipeline.</summary>
    internal static PipelineRecord ForPromotion(Scope scope, string cause, DateTimeOffset now) => new()
    {
        Id = PipelineId.ForPromote(scope, cause),
        Scope = scope,
        Kind = PipelineKind.Promote,
        Status = PipelineStatus.Queued,
        CreatedAt = now,
        UpdatedAt = now,
    };
}

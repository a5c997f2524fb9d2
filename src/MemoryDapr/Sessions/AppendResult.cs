using MemoryDapr.Types;

namespace MemoryDapr.Sessions;

/// <summary>What an append came to. It is durable.</summary>
/// <param name="User">The session's owner.</param>
/// <param name="Turns">Each turn of the request, in its order.</param>
/// <param name="TurnCount">How many turns the session has now.</param>
/// <param name="PipelineId">The pipeline that will distil the last of these turns; null if none is due yet.</param>
public sealed record AppendResult(string User, IReadOnlyList<AppendedTurn> Turns, long TurnCount, string? PipelineId)
{
    /// <summary>That pipeline while the store does not know it; null from then on.</summary>
    public PipelineRecord? Planned { get; init; }
}

using MemoryDapr.Sessions;

namespace MemoryDapr.Api.Sessions;

/// <summary>What an append came to.</summary>
/// <param name="Turns">Each turn of the request, in its order.</param>
/// <param name="TurnCount">How many turns the session has now.</param>
/// <param name="PipelineId">The pipeline that will distil them; null if none is due yet.</param>
internal sealed record AppendAnswer(IReadOnlyList<AppendedTurn> Turns, long TurnCount, string? PipelineId);

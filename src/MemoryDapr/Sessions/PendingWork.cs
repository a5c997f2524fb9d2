using MemoryDapr.Types;

namespace MemoryDapr.Sessions;

/// <summary>What is to be indexed and scheduled of a session.</summary>
/// <param name="Record">The session's record as it is once these turns are stored.</param>
/// <param name="Turns">The turns to index, in order; may be none.</param>
/// <param name="Pipelines">The pipelines that can be scheduled once they are.</param>
/// <param name="IndexedTo">How far the session was indexed before.</param>
/// <param name="HasMore">Whether more is to be done after this.</param>
/// <param name="IsExpiring">Whether nothing is left to do but to expire.</param>
public sealed record PendingWork(
    SessionRecord Record,
    IReadOnlyList<Turn> Turns,
    IReadOnlyList<PipelineRecord> Pipelines,
    long IndexedTo,
    bool HasMore,
    bool IsExpiring)
{
    /// <summary>Whether there is something to write.</summary>
    internal bool IsBehind => Record.IndexedTo > IndexedTo || Pipelines.Count > 0;
}

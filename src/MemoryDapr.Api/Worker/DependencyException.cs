using MemoryDapr.Api.Problems;

namespace MemoryDapr.Api.Worker;

/// <summary>Another app of the service could not answer.</summary>
internal sealed class DependencyException(ProblemType problem, string detail, Exception? cause = null) : Exception(detail, cause)
{
    /// <summary>What the client is told it is.</summary>
    public ProblemType Problem { get; } = problem;

    /// <summary>Which app, and how it failed; no text of theirs.</summary>
    public string Detail { get; } = detail;
}

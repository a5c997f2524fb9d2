namespace MemoryDapr.Api.Problems;

/// <summary>A kind of problem that clients can tell apart. Its name is part of the contract.</summary>
/// <param name="Name">The stable name.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">What it is, the same for every occurrence.</param>
internal sealed record ProblemType(string Name, int Status, string Title)
{
    /// <summary>The <c>type</c> of the problem document.</summary>
    public string Uri { get; } = $"urn:memorydapr:problem:{Name}";
}

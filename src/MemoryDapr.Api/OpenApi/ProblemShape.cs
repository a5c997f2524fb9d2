using MemoryDapr.Api.Problems;

namespace MemoryDapr.Api.OpenApi;

/// <summary>A problem document's members, for the contract's document.</summary>
internal sealed record ProblemShape(string Type, string Title, int Status, string? Detail, IReadOnlyList<Fault>? Errors);

using System.Diagnostics.CodeAnalysis;

namespace MemoryDapr.Api.OpenApi;

/// <summary>What the contract's document says of a route, beyond what its types say.</summary>
/// <param name="Summary">What it does.</param>
/// <param name="Answer">An example of its answer.</param>
/// <param name="Request">An example of its body; null if it takes none.</param>
/// <param name="Parameters">The query parameters and headers it takes, by name.</param>
internal sealed record Described(
    string Summary,
    [property: StringSyntax(StringSyntaxAttribute.Json)] string? Answer,
    string? Request = null,
    params string[] Parameters);

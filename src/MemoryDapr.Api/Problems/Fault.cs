namespace MemoryDapr.Api.Problems;

/// <summary>A rule that a request breaks.</summary>
/// <param name="Pointer">
/// Where: a JSON pointer into the request. Path and query parameters count as members of it, headers stand under their name.
/// </param>
/// <param name="Rule">The rule's stable name.</param>
/// <param name="Message">The rule in words. It never repeats the value.</param>
internal sealed record Fault(string Pointer, string Rule, string Message);

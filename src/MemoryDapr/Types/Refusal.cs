namespace MemoryDapr.Types;

/// <summary>Why a well-formed request is refused.</summary>
/// <param name="Kind">The kind, from which the HTTP status and the problem type follow.</param>
/// <param name="Detail">One sentence for the client: ids and rules, never memory text.</param>
/// <param name="Pointer">Where in the request, as a JSON pointer; null where it is the request as a whole.</param>
public sealed record Refusal(RefusalKind Kind, string Detail, string? Pointer = null);

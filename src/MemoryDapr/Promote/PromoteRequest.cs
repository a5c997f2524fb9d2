using MemoryDapr.Types;

namespace MemoryDapr.Promote;

/// <summary>Asks to promote a scope's episodes that are ripe.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="Cause">What asks: a request's id. The same cause again is the same pipeline.</param>
public sealed record PromoteRequest(Scope Scope, string Cause);

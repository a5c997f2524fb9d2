using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>Turns of a session that are distilled.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="SessionId">The session.</param>
/// <param name="Range">The turns.</param>
public sealed record DistilledMark(Scope Scope, string SessionId, OrdinalRange Range);

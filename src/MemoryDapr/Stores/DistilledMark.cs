using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>How far a session is distilled.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="SessionId">The session.</param>
/// <param name="DistilledTo">Turns below this ordinal are distilled.</param>
public sealed record DistilledMark(Scope Scope, string SessionId, long DistilledTo);

namespace MemoryDapr.Types;

/// <summary>A run of a session's turns.</summary>
/// <param name="From">The first turn's ordinal.</param>
/// <param name="To">The ordinal after the last turn.</param>
public sealed record OrdinalRange(long From, long To);

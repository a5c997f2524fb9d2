using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>A turn and its session.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Turn">The turn.</param>
public sealed record SessionTurn(string SessionId, Turn Turn);

namespace MemoryDapr.Stores;

/// <summary>An erased turn. Permanent. It holds no text: an id, or a hash.</summary>
/// <param name="SessionId">Its session.</param>
/// <param name="TurnId">Its id: never accepted again in that session.</param>
/// <param name="ContentHash">
/// The hash of its content where the service gave the id; null where the client did. Turns without a client's id that hash to it and
/// whose time lies before <paramref name="ErasedAt"/> are the erased turn come back.
/// </param>
/// <param name="ErasedAt">When it was erased, UTC.</param>
public sealed record TurnTombstone(string SessionId, string TurnId, string? ContentHash, DateTimeOffset ErasedAt);

namespace MemoryDapr.Stores;

/// <summary>A turn to erase.</summary>
/// <param name="SessionId">Its session.</param>
/// <param name="TurnId">Its id.</param>
/// <param name="ContentHash">The hash of its content where the service gave the id; null where the client did.</param>
public sealed record ErasedTurn(string SessionId, string TurnId, string? ContentHash);

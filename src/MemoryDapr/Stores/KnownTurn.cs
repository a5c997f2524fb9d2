namespace MemoryDapr.Stores;

/// <summary>What is known of a turn.</summary>
/// <param name="TurnId">The turn that was asked for.</param>
/// <param name="ContentHash">The content stored under that id; null if it is erased.</param>
/// <param name="IsErased">Whether the turn is erased, by its id or by its content.</param>
public sealed record KnownTurn(string TurnId, string? ContentHash, bool IsErased);

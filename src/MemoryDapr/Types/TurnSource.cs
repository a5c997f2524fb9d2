namespace MemoryDapr.Types;

/// <summary>A turn that an item rests on.</summary>
/// <param name="SessionId">Its session.</param>
/// <param name="TurnId">Its id in that session.</param>
public sealed record TurnSource(string SessionId, string TurnId);

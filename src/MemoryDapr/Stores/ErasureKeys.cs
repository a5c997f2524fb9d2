namespace MemoryDapr.Stores;

/// <summary>What an erasure is kept under.</summary>
internal static class ErasureKeys
{
    /// <summary>A session's erasure.</summary>
    public static string Session(string sessionId) => $"session:{sessionId}";

    /// <summary>A user's erasure.</summary>
    public static string User(string user) => $"user:{user}";

    /// <summary>An item's erasure.</summary>
    public static string Item(string itemId) => $"item:{itemId}";
}

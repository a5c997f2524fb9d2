namespace MemoryDapr.Sessions;

/// <summary>The id of a session's actor: <c>tenant.session</c>. The dot is in neither part, so two sessions never share one.</summary>
internal static class SessionActorId
{
    public static string For(string tenant, string sessionId) => $"{tenant}.{sessionId}";

    public static SessionKey Parse(string actorId)
    {
        int dot = actorId.IndexOf('.', StringComparison.Ordinal);
        return new SessionKey(actorId[..dot], actorId[(dot + 1)..]);
    }
}

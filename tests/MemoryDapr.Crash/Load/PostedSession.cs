namespace MemoryDapr.Crash.Load;

/// <summary>A session as the client remembers it.</summary>
internal sealed class PostedSession(string id, string user)
{
    public string Id { get; } = id;

    public string User { get; } = user;

    public List<PostedTurn> Turns { get; } = [];

    /// <summary>Whether something of it was ever erased.</summary>
    public bool HadErasure { get; set; }

    public IEnumerable<PostedTurn> Live => Turns.Where(turn => turn.State == TurnState.Acknowledged);
}

namespace MemoryDapr.Crash.Load;

/// <summary>What the client knows of a turn.</summary>
internal enum TurnState
{
    /// <summary>Posted; not acknowledged yet.</summary>
    Posted,

    /// <summary>Acknowledged.</summary>
    Acknowledged,

    /// <summary>To be erased; not acknowledged yet.</summary>
    Erasing,

    /// <summary>Erased, with a receipt.</summary>
    Erased,
}

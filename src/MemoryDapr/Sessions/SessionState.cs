using MemoryDapr.Types;

namespace MemoryDapr.Sessions;

/// <summary>
/// What the session's actor keeps beside the pages. While it is open the actor is the truth about the session; while it is closed (new,
/// expired, erased) the store is.
/// </summary>
internal sealed record SessionState
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>Whether the rest but <see cref="Epoch"/>, <see cref="NextOrdinal"/> and <see cref="ChecksHistory"/> means something.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The owner.</summary>
    public string User { get; init; } = "";

    /// <summary>The first append, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last append, UTC.</summary>
    public DateTimeOffset LastActiveAt { get; init; }

    /// <summary>How many turns the session has, erased ones not counted.</summary>
    public long TurnCount { get; init; }

    /// <summary>The ordinal that the next turn gets. It only grows, also from one life of the session to the next.</summary>
    public long NextOrdinal { get; init; }

    /// <summary>Turns below this ordinal are in the store.</summary>
    public long IndexedTo { get; init; }

    /// <summary>Turns below this ordinal are distilled, without a gap.</summary>
    public long DistilledTo { get; init; }

    /// <summary>For turns below this ordinal a pipeline is planned.</summary>
    public long PlannedTo { get; init; }

    /// <summary>The ends of the pipelines that cover held turns, ascending: they answer which pipeline distils a turn.</summary>
    public IReadOnlyList<long> Watermarks { get; init; } = [];

    /// <summary>The pipelines that are planned and not scheduled, in order.</summary>
    public IReadOnlyList<PlannedPipeline> Unscheduled { get; init; } = [];

    /// <summary>The number of the first page that is held.</summary>
    public long FirstPage { get; init; }

    /// <summary>The number after that of the last page.</summary>
    public long NextPage { get; init; }

    /// <summary>Whether turns that the pages do not hold may be known to the store, as stored or as erased.</summary>
    public bool ChecksHistory { get; init; }

    /// <summary>One more whenever something leaves the actor, so that knowledge from before it is told from knowledge after it.</summary>
    public long Epoch { get; init; }

    /// <summary>What the reminder is set to.</summary>
    public ReminderPurpose Reminder { get; init; }

    /// <summary>How often the reminder has come since anything went forward: each time in vain doubles the wait for the next.</summary>
    public int Wakes { get; init; }

    /// <summary>Whether turns are to be indexed or pipelines to be scheduled.</summary>
    public bool IsBehind() => IsOpen && (IndexedTo < NextOrdinal || Unscheduled.Count > 0);

    /// <summary>Whether everything is indexed, and planned in pipelines that are scheduled.</summary>
    public bool IsSettled() => !IsBehind() && PlannedTo >= NextOrdinal;

    /// <summary>How long to wait before the next try to catch up, at most an hour. The session's next turn tries at once.</summary>
    public TimeSpan CatchUpWait(SessionsOptions options)
    {
        TimeSpan wait = options.CatchUpPeriod * Math.Pow(2, Math.Clamp(Wakes, 0, 20));
        return wait < LongestWait ? wait : LongestWait;
    }

    /// <summary>When the session expires unless a turn comes.</summary>
    public DateTimeOffset ExpiresAt(SessionsOptions options) => LastActiveAt + options.IdleAfter;

    /// <summary>The session's record as it will be once the turns below <paramref name="to"/> are stored.</summary>
    public SessionRecord ToRecord(SessionKey key, long to, long turnCount) => new()
    {
        SessionId = key.SessionId,
        Scope = new Scope(key.Tenant, User),
        TurnCount = turnCount,
        NextOrdinal = to,
        IndexedTo = to,
        DistilledTo = DistilledTo,
        PlannedTo = Unscheduled.Where(pipeline => pipeline.To > to).Select(pipeline => pipeline.From).FirstOrDefault(PlannedTo),
        CreatedAt = CreatedAt,
        LastActiveAt = LastActiveAt,
    };
}

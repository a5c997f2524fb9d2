namespace MemoryDapr.Sessions;

/// <summary>How sessions are kept; the configuration section <c>Sessions</c>.</summary>
internal sealed class SessionsOptions
{
    /// <summary>How many of the newest turns are working memory. 1–100, default 10. More fill a recall's context with turns that may not bear on it.</summary>
    public int Window { get; set; } = 10;

    /// <summary>
    /// After how many turns a pipeline is planned that distils them. 1–50, default 5. Fewer give the model less to see at a time and
    /// more calls; more let episodes appear later.
    /// </summary>
    public int TurnsPerPipeline { get; set; } = 5;

    /// <summary>
    /// How long after its last turn a session expires: the tail is distilled and the window goes. 1 second – 7 days, default 30 minutes.
    /// Longer keeps more sessions in memory.
    /// </summary>
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// How long the little that an expired session leaves in actor state is kept; the store has the rest. 1 minute – 30 days,
    /// default 24 hours. Longer spares nothing but a lookup.
    /// </summary>
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// How often a session that is behind asks again to be indexed and distilled, counted from its append. 1 second – 1 hour, default
    /// 1 minute. It matters only after a failure or a crash, and doubles with every try in vain, up to 1 hour; shorter repeats sooner while the store is down.
    /// </summary>
    public TimeSpan CatchUpPeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many scopes are indexed at the same time. 1–64, default 8. More catch up sooner and take more from recalls.</summary>
    public int CatchUpParallelism { get; set; } = 8;

    /// <summary>
    /// How many sessions may wait to be indexed in this process. 100–1,000,000, default 50,000. One that finds no place is left to its
    /// reminder, a <see cref="CatchUpPeriod"/> later.
    /// </summary>
    public int CatchUpCapacity { get; set; } = 50_000;

    /// <summary>How long one round of indexing may take before it is given up and left to the reminder. 1 second – 10 minutes, default 30 seconds.</summary>
    public TimeSpan CatchUpTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a stop waits for what is queued to be indexed. 0 – 1 minute, default 5 seconds; the rest is done after the next start.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// After how long without a call a session, or the writer of a scope, leaves memory; its state stays on disk. 1 second – 1 day,
    /// default 20 seconds. Longer holds more turns in memory, about 1 KB each; shorter reads them from disk more often.
    /// </summary>
    public TimeSpan DeactivateAfter { get; set; } = TimeSpan.FromSeconds(20);
}

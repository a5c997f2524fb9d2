namespace MemoryDapr.Upkeep;

/// <summary>How often periodic work runs. Section <c>Upkeep</c>.</summary>
public sealed class UpkeepOptions
{
    /// <summary>
    /// Between two looks for episodes that are ripe and were not promoted. Default 1 hour, 1 minute to 1 day. Citations and merges
    /// promote at once; this finds what they missed, and walks every scope to do so.
    /// </summary>
    public TimeSpan PromotionPeriod { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Between two looks for sessions whose tail was not distilled. Default 15 minutes, 1 minute to 1 day. A shorter one finds a lost
    /// reminder sooner.
    /// </summary>
    public TimeSpan SessionsPeriod { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Between two looks for pipelines and erasures that were begun and not finished. Default 5 minutes, 10 seconds to 1 day. It is also
    /// the shortest wait before a failed pipeline is tried again.
    /// </summary>
    public TimeSpan ReconciliationPeriod { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Between two looks for memories without an embedding, where an embedding model is configured. Default 5 minutes, 1 minute to
    /// 1 day. Until then they are found by words alone; a shorter one repairs sooner and walks every scope more often.
    /// </summary>
    public TimeSpan EmbeddingPeriod { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Between two times that the store is tidied. Default 15 minutes, 1 minute to 1 day.</summary>
    public TimeSpan StorePeriod { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How long nobody has to use a scope before the store takes it out of memory, where it holds scopes there. Default 1 hour, 1 minute
    /// to 7 days. Shorter needs less memory, and more first questions take some milliseconds longer.
    /// </summary>
    public TimeSpan IdleScope { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Between two removals of old records. Default 1 day, 1 hour to 7 days.</summary>
    public TimeSpan RetentionPeriod { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// How long records of finished pipelines are kept. Default 7 days, 1 hour to 365 days. Longer keeps more to look at, and a longer
    /// list.
    /// </summary>
    public TimeSpan KeepPipelines { get; set; } = TimeSpan.FromDays(7);
}

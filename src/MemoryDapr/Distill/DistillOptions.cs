namespace MemoryDapr.Distill;

/// <summary>How turns become episodes. Section <c>Distill</c>.</summary>
internal sealed class DistillOptions
{
    /// <summary>
    /// The most turns of one episode, 3–100. The default value is 20. A longer run of turns is divided where its topic changes most.
    /// </summary>
    public int MaxTurnsPerEpisode { get; set; } = 20;

    /// <summary>A pause after which a new episode begins, 1 minute to 1 day. The default value is 45 minutes.</summary>
    public TimeSpan EpisodeGap { get; set; } = TimeSpan.FromMinutes(45);

    /// <summary>
    /// The longest summary in characters, 200–4,000. The default value is 700. Longer ones keep more detail, and take more of a
    /// recall's token budget each.
    /// </summary>
    public int SummaryCharacters { get; set; } = 700;

    /// <summary>The most facts of one episode, 1–100. The default value is 20.</summary>
    public int MaxFactsPerEpisode { get; set; } = 20;
}

namespace MemoryDapr.Types;

/// <summary>When episodes become facts. Section <c>Promote</c>.</summary>
public sealed class PromoteOptions
{
    /// <summary>
    /// The salience from which an episode is promoted, above 0.5 up to 1. Default 0.8, which five uses reach. Lower promotes earlier,
    /// and with it more of what only seemed to matter; at 0.5 and below every episode would be promoted at once.
    /// </summary>
    public double Threshold { get; set; } = 0.8;
}

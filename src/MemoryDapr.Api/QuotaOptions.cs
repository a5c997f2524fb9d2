namespace MemoryDapr.Api;

/// <summary>
/// What each tenant may ask of one memory-api instance in a minute. 0, the default of all, means no limit. A tenant may use a minute's
/// worth at once; then it is refilled evenly. A lower value protects the others at the price of 429 answers to a busy tenant.
/// </summary>
internal sealed class QuotaOptions
{
    /// <summary>Recalls a minute.</summary>
    public int RecallsPerMinute { get; init; }

    /// <summary>Turns, documents, imported lines, corrections, erasures and cited items a minute, each counted as one.</summary>
    public int WritesPerMinute { get; init; }

    /// <summary>Pipelines started by request a minute. Those that appends start by themselves are covered by the writes.</summary>
    public int PipelinesPerMinute { get; init; }

    /// <summary>
    /// Tokens of turns a minute, each of which a model reads once when it is distilled; estimated as ceil(UTF-8 bytes / 3) when they
    /// arrive, whether a model is configured or not.
    /// </summary>
    public int ModelTokensPerMinute { get; init; }
}

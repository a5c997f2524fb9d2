namespace MemoryDapr.Models;

/// <summary>Which models are used, all through the HTTPEndpoint <c>openai</c>. Section <c>Models</c>.</summary>
internal sealed class ModelsOptions
{
    /// <summary>
    /// The chat model's name, e.g. <c>gpt-4.1-mini</c>; empty (the default) for none: episodes, merges and intents are then made by rules.
    /// </summary>
    public string ChatModel { get; set; } = "";

    /// <summary>The embedding model's name, e.g. <c>text-embedding-3-small</c>; empty (the default) for none: recall is by words alone.</summary>
    public string EmbeddingModel { get; set; } = "";

    /// <summary>
    /// The length of embeddings that the model is asked for, 16–4,096; null (the default) for the model's own. Changing it, as changing the
    /// model, means to embed everything again.
    /// </summary>
    public int? EmbeddingDimensions { get; set; }

    /// <summary>
    /// What is put before a question that is embedded, at most 200 characters: models of the E5 family want <c>query: </c>. Empty by
    /// default. Changing it needs nothing to be embedded again.
    /// </summary>
    public string EmbeddingQueryPrefix { get; set; } = "";

    /// <summary>
    /// What is put before a text that is embedded, at most 200 characters: models of the E5 family want <c>passage: </c>. Empty by
    /// default. Changing it means to embed everything again.
    /// </summary>
    public string EmbeddingTextPrefix { get; set; } = "";

    /// <summary>
    /// The most tokens of one answer, 256–32,000. The default value is 4,000. Too few cut an answer off, which then has to be made by rules.
    /// </summary>
    public int MaxOutputTokens { get; set; } = 4000;

    /// <summary>
    /// The most characters of one prompt, 4,000–1,000,000. The default value is 60,000. What is longer is cut turn by turn before it is sent;
    /// more cost more tokens.
    /// </summary>
    public int MaxPromptCharacters { get; set; } = 60_000;

    /// <summary>
    /// How long one call of a pipeline waits, retries of the policies included, 1 second to 30 minutes. The default value is 5 minutes: more
    /// than timeout × attempts of the policy <c>openai</c>. Less gives up calls that would have been answered.
    /// </summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How many calls are under way at once per process, 1–256. The default value is 8. More finish sooner and meet rate limits earlier.</summary>
    public int MaxConcurrentCalls { get; set; } = 8;
}

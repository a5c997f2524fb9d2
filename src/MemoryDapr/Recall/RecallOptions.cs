namespace MemoryDapr.Recall;

/// <summary>How recalls are answered. Section <c>Recall</c>.</summary>
internal sealed class RecallOptions
{
    /// <summary>
    /// How long one recall may take, with everything it waits for; then it is a 504. Default: 5 s; 10 ms to 1 minute. A shorter one
    /// spares callers who give up earlier; it must be longer than the policies' timeout times attempts, or these never come to bear.
    /// </summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The tokens that a context may have where the request does not say. Default: 4,000; 1 to 100,000. A higher one makes every
    /// prompt that takes the context dearer.
    /// </summary>
    public int ContextTokens { get; init; } = 4000;

    /// <summary>
    /// Whether the chat model reads what a question asks for, where one is configured. Default: false, rules read it. With true it is
    /// understood in any language and wording, and each new question costs a call and its wait.
    /// </summary>
    public bool UseModelIntent { get; init; }

    /// <summary>
    /// How long a recall waits for the model to read its question; then the rules' reading counts. Default: 1.5 s; 10 ms to 1 minute. Keep
    /// it well below <see cref="Deadline"/>, or nothing is left for the search.
    /// </summary>
    public TimeSpan IntentDeadline { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>
    /// How many questions the model's readings are kept for. Default: 10,000, about 5 MB; 1 to 1,000,000. Fewer are asked again sooner.
    /// </summary>
    public int IntentCacheSize { get; init; } = 10_000;

    /// <summary>
    /// How long a recall waits for the question's embedding, where an embedding model is configured, and never more than half of
    /// <see cref="Deadline"/>; then words alone rank. Default: 1 s; 10 ms to 1 minute. A shorter one answers sooner while the model is
    /// slow, and by words more often.
    /// </summary>
    public TimeSpan EmbeddingDeadline { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether the chat model has the last word on the order of the best items, where one is configured. Default: false. With true the
    /// best 50 are shown to it for every recall, whatever k is: better answers to hard questions for a call of some thousand tokens each.
    /// </summary>
    public bool UseModelRerank { get; init; }

    /// <summary>
    /// How long a recall waits for the model to order the items; then the store's order counts. Default: 2.5 s; 10 ms to 1 minute. Keep
    /// it, with <see cref="IntentDeadline"/>, below <see cref="Deadline"/>.
    /// </summary>
    public TimeSpan RerankDeadline { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <summary>What is left of <see cref="EmbeddingDeadline"/> where the whole recall is given little time.</summary>
    internal TimeSpan LongestEmbedding => EmbeddingDeadline <= Deadline / 2 ? EmbeddingDeadline : Deadline / 2;
}

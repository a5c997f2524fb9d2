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
}

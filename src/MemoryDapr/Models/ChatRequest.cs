namespace MemoryDapr.Models;

/// <summary>A question to a chat model whose answer is JSON of a schema.</summary>
/// <param name="Purpose">What it is for, a short name: <c>extract</c>, <c>merge</c>, <c>intent</c>. It names the schema and labels metrics.</param>
/// <param name="Instructions">The system prompt.</param>
/// <param name="Input">The user prompt.</param>
/// <param name="Schema">The JSON schema of the answer, strict: every property required, none additional.</param>
internal sealed record ChatRequest(string Purpose, string Instructions, string Input, BinaryData Schema)
{
    /// <summary>An answer that was refused and why, when it is asked to repair it.</summary>
    public RejectedAnswer? Rejected { get; init; }

    /// <summary>How long to wait; null for the configured deadline.</summary>
    public TimeSpan? Deadline { get; init; }
}

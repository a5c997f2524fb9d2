namespace MemoryDapr.Recall;

/// <summary>What is known that bears on a question.</summary>
/// <param name="Intent">What it was taken to ask for.</param>
/// <param name="Items">The window's turns, oldest first; then the winners, best first.</param>
/// <param name="Context">The items as a text for a prompt.</param>
/// <param name="Tokens">The context's estimated tokens.</param>
/// <param name="SubjectMismatch">True if the best match is said by somebody else than the question is about.</param>
/// <param name="Degraded">What had to be left out because a part of the service failed: <c>window</c>, <c>intent</c>, <c>embedding</c>, <c>rerank</c>.</param>
/// <param name="Timings">How long it took.</param>
internal sealed record RecallAnswer(
    RecallIntent Intent,
    IReadOnlyList<RecalledItem> Items,
    PackedContext Context,
    int Tokens,
    bool? SubjectMismatch,
    IReadOnlyList<string>? Degraded,
    RecallTimings Timings);

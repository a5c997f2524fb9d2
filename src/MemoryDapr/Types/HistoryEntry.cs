namespace MemoryDapr.Types;

/// <summary>One step of how an item came to be.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Action"><c>created</c>, <c>merged</c>, <c>promoted</c>, <c>corrected</c>, <c>rebuilt</c> or <c>imported</c>.</param>
/// <param name="Reason">One sentence: why, by whoever decided it.</param>
/// <param name="PipelineId">The pipeline that did it, if one did.</param>
/// <param name="Inputs">The items it was decided on.</param>
/// <param name="Sources">The turns it was decided on.</param>
/// <param name="Salience">The salience that a promotion saw.</param>
public sealed record HistoryEntry(
    string ItemId,
    DateTimeOffset At,
    string Action,
    string Reason,
    string? PipelineId,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<TurnSource> Sources,
    double? Salience);

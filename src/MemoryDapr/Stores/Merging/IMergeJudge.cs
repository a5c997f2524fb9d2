namespace MemoryDapr.Stores.Merging;

/// <summary>Decides what is new.</summary>
internal interface IMergeJudge
{
    /// <summary>One decision for each question, in their order.</summary>
    Task<IReadOnlyList<MergeDecision>> DecideAsync(IReadOnlyList<MergeQuestion> questions, CancellationToken cancellationToken);
}

namespace MemoryDapr.Distill;

/// <summary>Makes episodes of turns.</summary>
internal interface IEpisodeExtractor
{
    /// <summary>The episodes of a run of turns; none if nothing worth keeping was said.</summary>
    Task<Extraction> ExtractAsync(IReadOnlyList<SourceTurn> turns, CancellationToken cancellationToken);
}

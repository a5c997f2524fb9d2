namespace MemoryDapr.Types;

/// <summary>Finishes what was begun to be erased.</summary>
internal interface IErasures
{
    /// <summary>Carries out the open erasures again, at most <paramref name="limit"/>, the oldest first; answers how many there were. One that fails
    /// does not stop the others; its failure is thrown afterwards.</summary>
    Task<int> ResumeOpenAsync(int limit, CancellationToken cancellationToken);
}

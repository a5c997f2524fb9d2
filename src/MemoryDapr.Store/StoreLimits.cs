namespace MemoryDapr.Store;

/// <summary>What every engine of the store takes at most in one call.</summary>
internal static class StoreLimits
{
    public const int MaxWinners = 100;

    private const int MaxListed = 1_000;

    /// <summary>The limit of a page, 1 to 1,000.</summary>
    public static int Bounded(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxListed);
        return limit;
    }

    /// <summary>What is asked for by name, at most 1,000 of it.</summary>
    public static IReadOnlyList<T> Bounded<T>(IReadOnlyList<T> asked)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(asked.Count, MaxListed, nameof(asked));
        return asked;
    }
}

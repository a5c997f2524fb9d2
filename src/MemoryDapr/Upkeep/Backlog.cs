namespace MemoryDapr.Upkeep;

/// <summary>What a run found to do and did not finish itself.</summary>
/// <param name="Count">How much.</param>
/// <param name="OldestAt">Since when the oldest of it has been waiting, UTC; null if there is none.</param>
public sealed record Backlog(long Count, DateTimeOffset? OldestAt)
{
    /// <summary>Nothing to do.</summary>
    public static Backlog None { get; } = new(0, null);

    /// <summary>This and one more.</summary>
    public Backlog With(DateTimeOffset waitingSince) =>
        new(Count + 1, OldestAt is null || waitingSince < OldestAt ? waitingSince : OldestAt);
}

namespace MemoryDapr.Types;

/// <summary>What stays of a session until it is erased: what lists and the owner rule read.</summary>
public sealed record SessionRecord
{
    /// <summary>Unique in its tenant.</summary>
    public required string SessionId { get; init; }

    /// <summary>The owner: the user of the session's first append.</summary>
    public required Scope Scope { get; init; }

    /// <summary>How many turns it has, erased ones not counted.</summary>
    public long TurnCount { get; init; }

    /// <summary>The ordinal that the next turn gets.</summary>
    public long NextOrdinal { get; init; }

    /// <summary>Turns below this ordinal are stored as evidence.</summary>
    public long IndexedTo { get; init; }

    /// <summary>Turns below this ordinal are distilled, without a gap.</summary>
    public long DistilledTo { get; init; }

    /// <summary>
    /// What is distilled beyond <see cref="DistilledTo"/>, because pipelines end in any order: ascending and apart, so at most one range
    /// for each pipeline that is behind; null for nothing.
    /// </summary>
    public IReadOnlyList<OrdinalRange>? DistilledAhead { get; init; }

    /// <summary>For turns below this ordinal a pipeline is recorded; upkeep brings it to its end, whatever becomes of the session.</summary>
    public long PlannedTo { get; init; }

    /// <summary>The first append, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last append, UTC.</summary>
    public required DateTimeOffset LastActiveAt { get; init; }

    /// <summary>The record once these turns are distilled too.</summary>
    internal SessionRecord WithDistilled(OrdinalRange distilled)
    {
        long to = DistilledTo;
        var ahead = new List<OrdinalRange>();
        foreach (OrdinalRange range in (DistilledAhead ?? []).Append(distilled).OrderBy(range => range.From))
        {
            if (range.From <= to)
            {
                to = Math.Max(to, range.To);
            }
            else if (ahead.Count > 0 && range.From <= ahead[^1].To)
            {
                ahead[^1] = ahead[^1] with { To = Math.Max(ahead[^1].To, range.To) };
            }
            else
            {
                ahead.Add(range);
            }
        }

        return this with { DistilledTo = to, DistilledAhead = ahead.Count == 0 ? null : ahead };
    }
}

using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>All that a store needs to know to rank, once and in one call.</summary>
public sealed record SearchPlan
{
    /// <summary>Where to search. Nothing else is looked at.</summary>
    public required Scope Scope { get; init; }

    /// <summary>The query's analysed words, each once, in order.</summary>
    public required IReadOnlyList<QueryTerm> Terms { get; init; }

    /// <summary>How context counts; auto lets the store choose by the scope's mean item length.</summary>
    public WeightClass WeightClass { get; init; }

    /// <summary>Only items that pass are candidates.</summary>
    public SearchFilter Filter { get; init; } = new();

    /// <summary>Turns that are not returned again: the live session's window.</summary>
    public IReadOnlyList<TurnSource> ExcludedTurns { get; init; } = [];

    /// <summary>What the question seems to ask for; each is worth a bounded bonus.</summary>
    public QueryHints Hints { get; init; } = new();

    /// <summary>The query's embedding, where there is an embedder.</summary>
    public IReadOnlyList<float>? Vector { get; init; }

    /// <summary>How many winners, 1–100. Fewer are the first of more.</summary>
    public required int Count { get; init; }

    /// <summary>The moment of the question, UTC: salience and recency are those of this moment.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>
    /// Whether what is distilled may be ranked among itself, so that a word counts as rare which is rare there: it is for neighbours of
    /// something new, in a large scope, and not for answers. A store may pass over it.
    /// </summary>
    public bool AmongDistilled { get; init; }

    /// <summary>Whether winners carry the parts of their score.</summary>
    public bool Explain { get; init; }

    /// <summary>Whether episodes come with their facts; without, a store may leave them out. They are most of an episode's bytes.</summary>
    public bool WithFacts { get; init; } = true;
}

namespace MemoryDapr.Stores;

/// <summary>What a question seems to ask for.</summary>
public sealed record QueryHints
{
    /// <summary>"I", "me", "my": the user's own turns.</summary>
    public bool FirstPerson { get; init; }

    /// <summary>"When": items that name a time.</summary>
    public bool WantsTime { get; init; }

    /// <summary>"How many": items that name a number.</summary>
    public bool WantsNumber { get; init; }

    /// <summary>"Who", "where", "which": items that name a name.</summary>
    public bool WantsName { get; init; }

    /// <summary>Days that the question names.</summary>
    public IReadOnlyList<DateOnly> Days { get; init; } = [];

    /// <summary>Months that the question names, as their first day.</summary>
    public IReadOnlyList<DateOnly> Months { get; init; } = [];
}

namespace MemoryDapr.Store.Collections;

/// <summary>Asks for objects: by condition alone, or the best by words or by a vector among those that meet it.</summary>
internal sealed record ObjectQuery
{
    /// <summary>The most that one query can ask for.</summary>
    public const int MaxLimit = 10_000;

    /// <summary>The tenant, where the collection has tenants.</summary>
    public string? Tenant { get; init; }

    /// <summary>What is looked at; null for everything.</summary>
    public Condition? Where { get; init; }

    /// <summary>What is fetched of them, at least one: fetching costs more than finding.</summary>
    public required IReadOnlyList<string> Properties { get; init; }

    /// <summary>Whether their vectors are fetched too.</summary>
    public bool WithVectors { get; init; }

    /// <summary>The order of the answer, where neither words nor a vector give it.</summary>
    public IReadOnlyList<Ordering> Order { get; init; } = [];

    /// <summary>The words to match, separated by blanks, not empty; with them, where they are looked for.</summary>
    public (string Property, string Text)? Words { get; init; }

    /// <summary>The vector to be near to.</summary>
    public IReadOnlyList<float>? Near { get; init; }

    /// <summary>How many at most, 1–10,000.</summary>
    public required int Limit { get; init; }
}

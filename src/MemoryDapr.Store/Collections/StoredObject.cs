namespace MemoryDapr.Store.Collections;

/// <summary>An object of a collection.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Properties">Strings, doubles and booleans by name; a property it does not have is absent.</param>
internal sealed record StoredObject(Guid Id, IReadOnlyDictionary<string, object> Properties)
{
    /// <summary>Its vector, if it has one (and the query asked for it).</summary>
    public IReadOnlyList<float>? Vector { get; init; }

    /// <summary>What a query by words (BM25) or by a vector (cosine) gave it; 0 otherwise.</summary>
    public double Score { get; init; }

    /// <summary>A text; null if it is absent.</summary>
    public string? Text(string property) => Properties.GetValueOrDefault(property) as string;

    /// <summary>A number; 0 if it is absent.</summary>
    public double Number(string property) => Properties.GetValueOrDefault(property) as double? ?? 0;

    /// <summary>Whether a boolean is there and true.</summary>
    public bool Flag(string property) => Properties.GetValueOrDefault(property) is true;

    /// <summary>Whether writing it would change nothing of the other.</summary>
    public bool HasContentOf(StoredObject other) =>
        Properties.Count == other.Properties.Count
            && Properties.All(property => other.Properties.TryGetValue(property.Key, out object? value) && value.Equals(property.Value))
            && (Vector ?? []).SequenceEqual(other.Vector ?? []);
}

namespace MemoryDapr.Store.Collections;

/// <summary>What objects must be to be found or removed.</summary>
internal abstract record Condition
{
    private Condition()
    {
    }

    /// <summary>All conditions hold.</summary>
    public static Condition All(params IReadOnlyList<Condition> parts) => parts.Count == 1 ? parts[0] : new AllOf(parts);

    /// <summary>At least one condition holds.</summary>
    public static Condition Any(params IReadOnlyList<Condition> parts) => parts.Count == 1 ? parts[0] : new AnyOf(parts);

    /// <summary>A property compared with a string, a double or a boolean.</summary>
    public static Condition That(string property, Comparison comparison, object value) => new Compared(property, comparison, value);

    /// <summary>A property has this value, or this word.</summary>
    public static Condition Is(string property, object value) => new Compared(property, Comparison.Equal, value);

    /// <summary>A property has one of these values, or one of these words; at least one is given.</summary>
    public static Condition OneOf(string property, IReadOnlyList<string> values) => new Listed(property, values);

    /// <summary>The object has one of these ids; at least one is given.</summary>
    public static Condition Ids(IReadOnlyList<Guid> ids) => new Identified(ids);

    /// <summary>See <see cref="All"/>.</summary>
    public sealed record AllOf(IReadOnlyList<Condition> Parts) : Condition;

    /// <summary>See <see cref="Any"/>.</summary>
    public sealed record AnyOf(IReadOnlyList<Condition> Parts) : Condition;

    /// <summary>See <see cref="That"/>.</summary>
    public sealed record Compared(string Property, Comparison Comparison, object Value) : Condition;

    /// <summary>See <see cref="OneOf"/>.</summary>
    public sealed record Listed(string Property, IReadOnlyList<string> Values) : Condition;

    /// <summary>See <see cref="Condition.Ids"/>.</summary>
    public sealed record Identified(IReadOnlyList<Guid> Values) : Condition;
}

using MemoryDapr.Store.Collections;
using Weaviate.Client.Models;

namespace MemoryDapr.Store.Weaviate;

/// <summary>
/// Conditions as the client's filters. Only forms that Weaviate 1.32 knows: no Not, no ContainsNone. Numbers go as doubles, because the
/// client cuts a long down to 32 bits.
/// </summary>
internal static class WeaviateConditions
{
    public static Filter ToFilter(Condition condition) => condition switch
    {
        Condition.AllOf all => Filter.AllOf([.. all.Parts.Select(ToFilter)]),
        Condition.AnyOf any => Filter.AnyOf([.. any.Parts.Select(ToFilter)]),
        Condition.Identified ids => Filter.UUID.ContainsAny(ids.Values),
        Condition.Listed listed => Filter.Property(listed.Property).ContainsAny(listed.Values.AsEnumerable()),
        Condition.Compared { Value: string text } compared => Compare(compared, text),
        Condition.Compared { Value: double number } compared => Compare(compared, number),
        Condition.Compared { Value: bool flag } compared => Compare(compared, flag),
        _ => throw new ArgumentOutOfRangeException(nameof(condition), condition.GetType().Name, "No such condition."),
    };

    private static Filter Compare<T>(Condition.Compared compared, T value)
    {
        PropertyFilter property = Filter.Property(compared.Property);
        return compared.Comparison switch
        {
            Comparison.Equal => property.IsEqual(value),
            Comparison.NotEqual => property.IsNotEqual(value),
            Comparison.Greater => property.IsGreaterThan(value),
            Comparison.GreaterOrEqual => property.IsGreaterThanEqual(value),
            Comparison.Less => property.IsLessThan(value),
            _ => property.IsLessThanEqual(value),
        };
    }
}

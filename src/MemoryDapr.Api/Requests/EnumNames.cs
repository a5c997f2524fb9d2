using System.Collections.Concurrent;
using System.Text.Json;

namespace MemoryDapr.Api.Requests;

/// <summary>The names of an enum's members as the contract has them.</summary>
internal static class EnumNames
{
    private static readonly ConcurrentDictionary<Type, Dictionary<string, object>> Known = new();

    public static IEnumerable<string> Of(Type type) => Table(type).Keys;

    /// <summary>The member; null if there is none of that name.</summary>
    public static object? Parse(Type type, string name) => Table(type).GetValueOrDefault(name);

    private static Dictionary<string, object> Table(Type type) =>
        Known.GetOrAdd(
            type,
            static key => Enum.GetValues(key).Cast<object>().ToDictionary(
                value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()!), StringComparer.Ordinal));
}

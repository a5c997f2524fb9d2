using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemoryDapr.Types;

/// <summary>Enums as camelCase names on every wire and in every store; numbers are refused, so reordering members is safe.</summary>
/// <typeparam name="T">The enum.</typeparam>
public sealed class CamelCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;

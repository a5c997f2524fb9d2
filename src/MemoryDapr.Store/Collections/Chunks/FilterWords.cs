using System.Globalization;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Collections.Chunks;

/// <summary>
/// What filters compare for equality, as one word each: exact for any text, whatever a database's tokenization does to capitals and
/// blanks.
/// </summary>
internal static class FilterWords
{
    private const int Digits = 32;

    /// <summary>A property of an application with its value.</summary>
    public static string Of(string name, MetadataValue value) =>
        value.Text is { } text ? StableHash.Hex(Digits, name, "text", text)
            : value.Number is { } number ? StableHash.Hex(Digits, name, "number", (number + 0.0).ToString("R", CultureInfo.InvariantCulture))
            : StableHash.Hex(Digits, name, "flag", value.Flag == true ? "true" : "false");

    /// <summary>A turn.</summary>
    public static string Of(TurnSource source) => StableHash.Hex(Digits, source.SessionId, source.TurnId);

    /// <summary>Several, separated by blanks; null for none.</summary>
    public static string? Join(IEnumerable<string> words) => string.Join(' ', words.Distinct(StringComparer.Ordinal)) is { Length: > 0 } joined ? joined : null;
}

using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace MemoryDapr.Store.Collections;

/// <summary>
/// Texts whose order is the order of what they stand for. Digits and small letters only: filters compare bytes, sorting folds case, and
/// both must agree.
/// </summary>
internal static class SortText
{
    private const int Digits = 16;

    /// <summary>After every moment.</summary>
    public const string Never = "ffffffffffffffff";

    /// <summary>Before every moment.</summary>
    public const string Always = "0000000000000000";

    /// <summary>A moment, to the tick.</summary>
    public static string Of(DateTimeOffset moment) => moment.UtcTicks.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>A moment, and an id where moments are the same.</summary>
    public static string Of(DateTimeOffset moment, string id) => $"{Of(moment)}.{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(id))}";

    /// <summary>A moment in milliseconds: a number, by which alone databases sort without reading the objects (<see cref="OrderedList"/>).</summary>
    public static double Milliseconds(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds();

    /// <summary>The milliseconds of a moment with an id, beside it as a place in a list; null for what is none.</summary>
    public static (double Number, string Text)? PlaceOf(string? order) =>
        order is { Length: > Digits } && long.TryParse(order.AsSpan(0, Digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out long ticks)
            && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks
                ? (Milliseconds(new DateTimeOffset(ticks, TimeSpan.Zero)), order)
                : null;

    /// <summary>A place in a list as a cursor, <c>[A-Za-z0-9_-]</c>.</summary>
    public static string ToCursor(string order) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(order));

    /// <summary>Reads it back; null for null, and for what is none: the list begins again.</summary>
    public static string? FromCursor(string? cursor) =>
        cursor is not null && Base64Url.IsValid(cursor) && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)) is { Length: > 0 } order
            ? order
            : null;
}

using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace MemoryDapr.Store.Sqlite;

/// <summary>Where a list goes on: the sort key of the last row that was given, so that rows that come in between move nothing.</summary>
internal readonly record struct Cursor(long Number, string Id)
{
    public static Cursor Start { get; } = new(long.MinValue, "");

    public static Cursor End { get; } = new(long.MaxValue, "\U0010FFFF");

    /// <summary>The cursor as text, <c>[A-Za-z0-9_-]</c>.</summary>
    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Number}|{Id}")));

    /// <summary>Reads it back; <paramref name="otherwise"/> for null, and for what is none: the list begins again.</summary>
    public static Cursor Parse(string? text, Cursor otherwise)
    {
        if (text is null || !Base64Url.IsValid(text))
        {
            return otherwise;
        }

        string[] parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('|', 2);
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? new Cursor(number, parts[1])
            : otherwise;
    }
}

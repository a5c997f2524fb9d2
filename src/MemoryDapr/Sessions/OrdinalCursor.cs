using System.Globalization;

namespace MemoryDapr.Sessions;

/// <summary>The cursor of a list of turns: the next ordinal, in hex. Opaque to clients.</summary>
internal static class OrdinalCursor
{
    public static string For(long ordinal) => ordinal.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Reads a cursor; none is the beginning.</summary>
    public static bool TryParse(string? cursor, out long ordinal)
    {
        ordinal = 0;
        return cursor is null
            || (cursor.Length == 16
                && long.TryParse(cursor, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ordinal)
                && ordinal >= 0);
    }
}

using System.Globalization;
using System.Text;

namespace MemoryDapr.Stores.Analysis;

/// <summary>
/// Unicode NFKC, case folded, diacritics removed: what makes "Café", "CAFE" and "ｃａｆé" one word. By a table of our own, because
/// without ICU (which the apps do not need) .NET does not normalise.
/// </summary>
internal static class CharacterFolding
{
    private const int VoicingMark = 0x3099;
    private const int SemivoicingMark = 0x309A;

    private static readonly ushort[] Basic = new ushort[0x10000];
    private static readonly Dictionary<int, ushort> Supplementary = [];
    private static readonly string[] Targets = Load();

    /// <summary>
    /// Writes the folded text into <paramref name="destination"/> and answers its length; what does not fit is left out.
    /// </summary>
    public static int Fold(ReadOnlySpan<char> text, Span<char> destination)
    {
        int length = 0;
        for (int i = 0; i < text.Length && length < destination.Length; i++)
        {
            char character = text[i];
            if (character < 0x80)
            {
                destination[length++] = (char)(character | (character is >= 'A' and <= 'Z' ? 0x20 : 0));
                continue;
            }

            int consumed = 1;
            int code = character;
            if (char.IsHighSurrogate(character) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                code = char.ConvertToUtf32(character, text[i + 1]);
                consumed = 2;
            }

            if (!TryCompose(code, destination, ref length))
            {
                ReadOnlySpan<char> folded = TryGetTarget(code, out string? target) ? target : text.Slice(i, consumed);
                if (folded.Length > destination.Length - length)
                {
                    break;
                }

                folded.CopyTo(destination[length..]);
                length += folded.Length;
            }

            i += consumed - 1;
        }

        return length;
    }

    /// <summary>The folded text.</summary>
    public static string Fold(ReadOnlySpan<char> text)
    {
        var builder = new StringBuilder(text.Length);
        Span<char> buffer = stackalloc char[256];
        // Pieces short enough that even the longest expansion fits.
        const int Piece = 12;
        for (int i = 0; i < text.Length;)
        {
            int end = Math.Min(i + Piece, text.Length);
            end -= end < text.Length && char.IsLowSurrogate(text[end]) ? 1 : 0;
            builder.Append(buffer[..Fold(text[i..end], buffer)]);
            i = end;
        }

        return builder.ToString();
    }

    private static bool TryGetTarget(int code, out string? target)
    {
        ushort index = code < Basic.Length ? Basic[code] : Supplementary.GetValueOrDefault(code);
        target = index == 0 ? null : Targets[index];
        return index != 0;
    }

    // What NFKC composes that the table, one character at a time, cannot: voiced kana and Hangul syllables.
    private static bool TryCompose(int code, Span<char> destination, ref int length)
    {
        if (length == 0)
        {
            return false;
        }

        ref char previous = ref destination[length - 1];
        if (code is VoicingMark or SemivoicingMark or 0xFF9E or 0xFF9F)
        {
            int step = code is VoicingMark or 0xFF9E ? 1 : 2;
            bool takes = previous is (>= 'か' and <= 'ほ') or (>= 'カ' and <= 'ホ');
            previous = takes ? (char)(previous + step) : previous;
            return takes;
        }

        if (code is >= 0x1161 and <= 0x1175 && previous is >= '\u1100' and <= '\u1112')
        {
            previous = (char)(0xAC00 + ((((previous - 0x1100) * 21) + (code - 0x1161)) * 28));
            return true;
        }

        if (code is >= 0x11A8 and <= 0x11C2 && previous is >= '\uAC00' and <= '\uD7A3' && (previous - 0xAC00) % 28 == 0)
        {
            previous = (char)(previous + (code - 0x11A7));
            return true;
        }

        return false;
    }

    private static string[] Load()
    {
        using Stream stream = typeof(CharacterFolding).Assembly.GetManifestResourceStream("MemoryDapr.Stores.Analysis.folding.txt")
            ?? throw new InvalidOperationException("The folding table is missing from the assembly.");
        using var reader = new StreamReader(stream);
        var targets = new List<string> { "" };
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            int colon = line.IndexOf(':', StringComparison.Ordinal);
            int star = line.IndexOf('*', StringComparison.Ordinal);
            int first = Hex(line.AsSpan(0, star < 0 ? colon : star));
            int count = star < 0 ? 1 : Hex(line.AsSpan(star + 1, colon - star - 1));
            int[] codes = [.. line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(code => Hex(code))];
            for (int i = 0; i < count; i++)
            {
                targets.Add(string.Concat(codes.Select(code => char.ConvertFromUtf32(code + i))));
                Register(first + i, (ushort)(targets.Count - 1));
            }
        }

        return [.. targets];
    }

    private static void Register(int code, ushort index)
    {
        if (code < Basic.Length)
        {
            Basic[code] = index;
        }
        else
        {
            Supplementary.Add(code, index);
        }
    }

    private static int Hex(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}

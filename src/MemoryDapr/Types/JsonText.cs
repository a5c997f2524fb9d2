using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace MemoryDapr.Types;

/// <summary>
/// Writes JSON as the serializer does, in UTF-8 into an array that grows, for what is written most: its names are constants with their
/// punctuation, and of a text only the characters that need it go through the encoder.
/// </summary>
internal sealed class JsonText : IBufferWriter<byte>
{
    private const int StartSize = 16_384;
    private const int MaxNumberLength = 32;
    private const int MaxTimeLength = 35;
    private const int MaxBytesPerCharacter = 3;
    private const int EscapedAtOnce = 64;

    // Smaller numbers are written with an exponent, larger ones have more than 15 digits.
    private const int Decimals = 6;
    private const double DecimalScale = 1e6;
    private const double LeastScaled = 100;
    private const double MostScaled = 1e15;

    // \uXXXX for each UTF-16 code unit.
    private const int MaxEscapeLength = 6;

    // Never put into HTML: text keeps its apostrophes and its own script.
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    private byte[] _bytes = new byte[StartSize];
    private int _length;

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    /// <summary>How much it can hold without growing.</summary>
    public int Capacity => _bytes.Length;

    /// <summary>Forgets what was written.</summary>
    public void Clear() => _length = 0;

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Room(Math.Max(1, sizeHint));
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => Room(Math.Max(1, sizeHint));

    /// <summary>Writes JSON as it is.</summary>
    public void Raw(ReadOnlySpan<byte> json)
    {
        json.CopyTo(Room(json.Length));
        _length += json.Length;
    }

    /// <summary>Writes a string in quotes.</summary>
    public void Text(string value)
    {
        Quote();
        Part(value);
        Quote();
    }

    /// <summary>Begins or ends a string that is written in parts.</summary>
    public void Quote() => Raw("\""u8);

    /// <summary>Writes a part of a string. Nearly every one is plain: then its first run is all of it.</summary>
    public void Part(ReadOnlySpan<char> value)
    {
        ReadOnlySpan<char> rest = AfterPlain(value);
        while (!rest.IsEmpty)
        {
            int other = rest.IndexOfAny(Plain);
            other = other < 0 ? rest.Length : other;
            Other(rest[..other]);
            rest = AfterPlain(rest[other..]);
        }
    }

    public void Number(double value)
    {
        Span<byte> room = Room(MaxNumberLength);
        if (!TryWriteDecimals(value, room, out int written))
        {
            Utf8Formatter.TryFormat(value, room, out written);
        }

        _length += written;
    }

    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, Room(MaxNumberLength), out int written);
        _length += written;
    }

    public void Flag(bool value) => Raw(value ? "true"u8 : "false"u8);

    /// <summary>Writes a time in quotes, its fraction of a second without zeros at the end.</summary>
    public void Time(DateTimeOffset value)
    {
        const int FractionStart = 19;
        const int FractionEnd = 27;
        Raw("\""u8);
        Span<byte> text = Room(MaxTimeLength);
        Utf8Formatter.TryFormat(value, text, out int written, 'O');
        int kept = text[FractionStart..FractionEnd].TrimEnd((byte)'0').Length;
        kept = kept == 1 ? 0 : kept;
        text[FractionEnd..written].CopyTo(text[(FractionStart + kept)..]);
        _length += written - (FractionEnd - FractionStart - kept);
        Raw("\""u8);
    }

    /// <summary>Writes a day in quotes.</summary>
    public void Day(DateOnly value)
    {
        Raw("\""u8);
        value.TryFormat(Room(MaxTimeLength), out int written, "O", CultureInfo.InvariantCulture);
        _length += written;
        Raw("\""u8);
    }

    // Writes the plain characters that the text begins with, and answers what is behind them.
    private ReadOnlySpan<char> AfterPlain(ReadOnlySpan<char> text)
    {
        int plain = text.IndexOfAnyExcept(Plain);
        plain = plain < 0 ? text.Length : plain;
        Ascii.FromUtf16(text[..plain], Room(plain), out int written);
        _length += written;
        return text[plain..];
    }

    // What was rounded to a few decimals, as times and saliences are: no two numbers of at most 15 digits are the same double, so these
    // digits are the shortest that say which it is, and nothing needs to search for them.
    private static bool TryWriteDecimals(double value, Span<byte> room, out int written)
    {
        written = 0;
        double scaled = value * DecimalScale;
        if (!(scaled >= LeastScaled && scaled < MostScaled))
        {
            return false;
        }

        long digits = (long)(scaled + 0.5);
        if (digits / DecimalScale != value)
        {
            return false;
        }

        (long whole, long fraction) = Math.DivRem(digits, (long)DecimalScale);
        Utf8Formatter.TryFormat(whole, room, out written);
        if (fraction > 0)
        {
            room[written] = (byte)'.';
            Utf8Formatter.TryFormat(fraction, room[(written + 1)..], out int decimals, new StandardFormat('D', Decimals));
            written += 1 + room.Slice(written + 1, decimals).TrimEnd((byte)'0').Length;
        }

        return true;
    }

    // A run of characters that are not plain ASCII.
    private void Other(ReadOnlySpan<char> text)
    {
        switch (text)
        {
            // What most texts have: lines and quotes.
            case "\n":
                Raw("\\n"u8);
                break;
            case "\"":
                Raw("\\\""u8);
                break;
            default:
                if (NeedsEscape(text))
                {
                    Escape(text);
                }
                else
                {
                    Put(text);
                }

                break;
        }
    }

    private static bool NeedsEscape(ReadOnlySpan<char> text)
    {
        foreach (char character in text)
        {
            if (char.IsSurrogate(character) || Encoder.WillEncode(character))
            {
                return true;
            }
        }

        return false;
    }

    private void Escape(ReadOnlySpan<char> text)
    {
        Span<char> escaped = stackalloc char[EscapedAtOnce * MaxEscapeLength];
        while (!text.IsEmpty)
        {
            int length = Math.Min(text.Length, EscapedAtOnce);
            Encoder.Encode(text[..length], escaped, out int read, out int count, isFinalBlock: length == text.Length);
            Put(escaped[..count]);
            text = text[read..];
        }
    }

    private void Put(ReadOnlySpan<char> text) => _length += Encoding.UTF8.GetBytes(text, Room(text.Length * MaxBytesPerCharacter));

    private Span<byte> Room(int length)
    {
        if (length > _bytes.Length - _length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + length));
        }

        return _bytes.AsSpan(_length);
    }
}

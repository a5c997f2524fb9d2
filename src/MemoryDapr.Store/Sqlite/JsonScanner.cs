using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace MemoryDapr.Store.Sqlite;

/// <summary>
/// Walks once through JSON as <see cref="Rows.ToJson"/> writes it: without white space. A reader of any JSON looks at every
/// byte three times as long.
/// </summary>
internal ref struct JsonScanner(ReadOnlySpan<byte> json)
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"[]{}"u8);
    private static readonly SearchValues<byte> ValueEnds = SearchValues.Create(",]}"u8);

    private readonly ReadOnlySpan<byte> _json = json;

    /// <summary>How far it has come.</summary>
    public int Position { get; private set; }

    private readonly byte Next => Position < _json.Length ? _json[Position] : (byte)0;

    /// <summary>Goes past this character, if it is the next.</summary>
    public bool TryTake(char character)
    {
        bool isNext = Next == character;
        Position += isNext ? 1 : 0;
        return isNext;
    }

    /// <exception cref="JsonException">Another character is next.</exception>
    public void Take(char character)
    {
        if (!TryTake(character))
        {
            throw Broken();
        }
    }

    /// <summary>Goes to the value of this field, if it is the object's next and not null.</summary>
    public bool TryField(ReadOnlySpan<byte> name)
    {
        int start = Next == ',' ? Position + 1 : Position;
        int value = start + name.Length + 3;
        if (value >= _json.Length || _json[start] != '"' || _json[value - 2] != '"' || _json[value - 1] != ':' || _json[value] == 'n'
            || !_json.Slice(start + 1, name.Length).SequenceEqual(name))
        {
            return false;
        }

        Position = value;
        return true;
    }

    /// <summary>Goes past the object's next field, whatever it is.</summary>
    public void SkipField()
    {
        TryTake(',');
        ReadQuoted(out _);
        Take(':');
        Skip();
    }

    /// <summary>A string; <paramref name="known"/> itself if it is the same.</summary>
    public string ReadText(string? known = null)
    {
        ReadOnlySpan<byte> quoted = ReadQuoted(out bool isEscaped);
        ReadOnlySpan<byte> content = quoted[1..^1];
        if (known is not null && !isEscaped && Ascii.Equals(content, known))
        {
            return known;
        }

        if (!isEscaped)
        {
            return Encoding.UTF8.GetString(content);
        }

        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return reader.GetString()!;
    }

    /// <summary>What is between a string's quotes. Names have no escapes.</summary>
    public ReadOnlySpan<byte> ReadName() => ReadQuoted(out _)[1..^1];

    public long ReadNumber()
    {
        if (!Utf8Parser.TryParse(_json[Position..], out long number, out int length))
        {
            throw Broken();
        }

        Position += length;
        return number;
    }

    public bool ReadFlag()
    {
        bool flag = Next == 't';
        ReadOnlySpan<byte> word = flag ? "true"u8 : "false"u8;
        if (!_json[Position..].StartsWith(word))
        {
            throw Broken();
        }

        Position += word.Length;
        return flag;
    }

    public DateTimeOffset ReadTime()
    {
        // The serializer leaves out the zeros at the end of the second's fraction; the parser wants them.
        ReadOnlySpan<byte> quoted = ReadQuoted(out _);
        ReadOnlySpan<byte> text = quoted[1..^1];
        if (text.Length is >= 25 and <= 33)
        {
            Span<byte> whole = stackalloc byte[33];
            "0000-00-00T00:00:00.0000000+00:00"u8.CopyTo(whole);
            text[..^6].CopyTo(whole);
            text[^6..].CopyTo(whole[27..]);
            if (Utf8Parser.TryParse(whole, out DateTimeOffset time, out _, 'O'))
            {
                return time;
            }
        }

        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return reader.TryGetDateTimeOffset(out DateTimeOffset other) ? other : throw Broken();
    }

    /// <summary>
    /// The next value as it is written, where this field of the same object follows it and is in none of its own objects. In a string a
    /// quote has a backslash before it, so that the search never ends inside one.
    /// </summary>
    public ReadOnlySpan<byte> SkipTo(ReadOnlySpan<byte> following)
    {
        int length = _json[Position..].IndexOf(following);
        if (length < 0)
        {
            return Skip();
        }

        int start = Position;
        Position += length;
        return _json[start..Position];
    }

    /// <summary>The next value as it is written.</summary>
    public ReadOnlySpan<byte> Skip()
    {
        int start = Position;
        int depth = 0;
        do
        {
            int next = _json[Position..].IndexOfAny(depth > 0 || Next is (byte)'"' or (byte)'[' or (byte)'{' ? Structure : ValueEnds);
            Position += next < 0 ? throw Broken() : next;
            switch (Next)
            {
                case (byte)'"':
                    ReadQuoted(out _);
                    break;
                case (byte)'[' or (byte)'{':
                    depth++;
                    Position++;
                    break;
                case (byte)']' or (byte)'}' when depth > 0:
                    depth--;
                    Position++;
                    break;
            }
        }
        while (depth > 0);

        return _json[start..Position];
    }

    /// <summary>For what is no item, or damaged.</summary>
    public readonly JsonException Broken() => new($"An item's JSON is broken at byte {Position}.");

    private ReadOnlySpan<byte> ReadQuoted(out bool isEscaped)
    {
        isEscaped = false;
        int start = Position;
        Take('"');
        while (true)
        {
            int end = _json[Position..].IndexOfAny((byte)'"', (byte)'\\');
            if (end < 0)
            {
                throw Broken();
            }

            Position += end + 1;
            if (_json[Position - 1] == '"')
            {
                return _json[start..Position];
            }

            // The character after a backslash is never the end, not even a quote.
            isEscaped = true;
            Position++;
            if (Position > _json.Length)
            {
                throw Broken();
            }
        }
    }
}

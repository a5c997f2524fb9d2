using System.Globalization;
using System.Text;

namespace MemoryDapr.Stores.Analysis;

/// <summary>
/// The words of a text by the rules of UAX 29 that matter for search: letters, digits and their marks stay together, an apostrophe
/// between letters and a point or comma between digits do not part them, everything else does. A full stop between letters parts
/// them too, unlike there: chat forgets the space after it more often than it writes abbreviations.
/// </summary>
internal ref struct WordEnumerator(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _position;

    public Word Current { get; private set; }

    public readonly WordEnumerator GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_position < _text.Length)
        {
            int start = _position;
            Part part = Read(start, out int consumed);
            _position += consumed;
            switch (part)
            {
                case Part.Letter or Part.Digit:
                    ContinueSpaced(part);
                    Current = new Word(start, _position - start, WordClass.Spaced);
                    return true;
                case Part.Dense:
                    ContinueDense();
                    Current = new Word(start, _position - start, WordClass.Dense);
                    return true;
                case Part.Symbol:
                    Current = new Word(start, consumed, WordClass.Symbol);
                    return true;
            }
        }

        return false;
    }

    private void ContinueSpaced(Part previous)
    {
        while (_position < _text.Length)
        {
            Part part = Read(_position, out int consumed);
            if (part is Part.Separator && _position + 1 < _text.Length && Joins(_text[_position], previous))
            {
                Part next = Read(_position + 1, out int nextConsumed);
                if (next != previous)
                {
                    return;
                }

                _position += 1 + nextConsumed;
            }
            else if (part is Part.Letter or Part.Digit or Part.Mark)
            {
                previous = part is Part.Mark ? previous : part;
                _position += consumed;
            }
            else
            {
                return;
            }
        }
    }

    private void ContinueDense()
    {
        while (_position < _text.Length && Read(_position, out int consumed) is Part.Dense or Part.Mark)
        {
            _position += consumed;
        }
    }

    private static bool Joins(char character, Part previous) =>
        previous is Part.Letter ? character is '\'' or '\u2019' or '\u00B7' : previous is Part.Digit && character is '.' or ',';

    private readonly Part Read(int position, out int consumed)
    {
        char character = _text[position];
        consumed = 1;
        if (character < 0x80)
        {
            return char.IsAsciiLetter(character) || character == '_' ? Part.Letter : char.IsAsciiDigit(character) ? Part.Digit : Part.Separator;
        }

        if (Rune.DecodeFromUtf16(_text[position..], out Rune rune, out consumed) != System.Buffers.OperationStatus.Done)
        {
            return Part.Separator;
        }

        UnicodeCategory category = Rune.GetUnicodeCategory(rune);
        return category switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber =>
                IsDense(rune.Value) ? Part.Dense : Part.Letter,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => Part.Mark,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.OtherNumber => Part.Digit,
            UnicodeCategory.OtherSymbol => Part.Symbol,
            UnicodeCategory.ConnectorPunctuation => Part.Letter,
            _ => Part.Separator,
        };
    }

    // Han, kana, Thai, Lao, Khmer and Burmese write no spaces; Hangul does, but glues particles to its words.
    private static bool IsDense(int code) =>
        code is (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1100 and <= 0x11FF) or (>= 0x1780 and <= 0x17FF)
            or (>= 0x2E80 and <= 0x2FDF) or (>= 0x3005 and <= 0x3007) or (>= 0x3040 and <= 0x30FF) or (>= 0x3130 and <= 0x318F)
            or (>= 0x31F0 and <= 0x31FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xA960 and <= 0xA97F)
            or (>= 0xAC00 and <= 0xD7FF) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFF66 and <= 0xFFDC) or (>= 0x20000 and <= 0x3FFFF);

    private enum Part
    {
        Separator,
        Letter,
        Digit,
        Mark,
        Dense,
        Symbol,
    }
}

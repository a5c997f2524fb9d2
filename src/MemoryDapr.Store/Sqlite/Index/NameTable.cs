using System.Text;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>Numbers for names, from 0 on, in the order in which they came.</summary>
internal sealed class NameTable
{
    private const int LongestOnStack = 256;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private long _characters;

    public int Count => _numbers.Count;

    public long Bytes => 80 + (28L * _numbers.EnsureCapacity(0)) + (24L * Count) + (2 * _characters);

    /// <summary>The number of a name in UTF-8; a new one takes the next.</summary>
    public int Add(ReadOnlySpan<byte> utf8)
    {
        // Nearly all are known, and need no string.
        int most = Encoding.UTF8.GetMaxCharCount(utf8.Length);
        Span<char> buffer = most <= LongestOnStack ? stackalloc char[LongestOnStack] : new char[most];
        ReadOnlySpan<char> name = buffer[..Encoding.UTF8.GetChars(utf8, buffer)];
        if (!_numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out int number))
        {
            number = _numbers.Count;
            _numbers.Add(name.ToString(), number);
            _characters += name.Length;
        }

        return number;
    }

    /// <summary>The number of a name; -1 if it has none.</summary>
    public int Find(string name) => _numbers.GetValueOrDefault(name, -1);
}

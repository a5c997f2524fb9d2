namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>
/// A term's id: a hash, the same in every scope, so that no dictionary of words grows with what users write, nor keeps a word that
/// they had erased. Two of a scope's 50,000 terms share an id with a chance of one in four, which costs one of them some rarity.
/// </summary>
internal static class TermHash
{
    public static uint Of(ReadOnlySpan<char> term)
    {
        // FNV-1a over UTF-16 units, then mixed so that short terms differ in all bits.
        uint hash = 2166136261;
        foreach (char character in term)
        {
            hash = (hash ^ character) * 16777619;
        }

        hash ^= hash >> 16;
        hash *= 0x85EBCA6B;
        hash ^= hash >> 13;
        return hash;
    }
}

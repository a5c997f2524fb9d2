using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace MemoryDapr.Models;

/// <summary>
/// The fingerprints of the texts that were compared last: merging compares every fact of an episode with every fact of its neighbours.
/// Two generations bound it; neither holds a text, so that what is erased is not kept here.
/// </summary>
internal sealed class RecentFingerprints(Func<string, Fingerprint> read)
{
    /// <summary>Texts of one generation; a fingerprint takes about 4 KB, so that both take 16 MB at most.</summary>
    private const int Generation = 2000;

    private readonly Lock _lock = new();
    private Dictionary<UInt128, Fingerprint> _young = [];
    private Dictionary<UInt128, Fingerprint> _old = [];

    public Fingerprint Get(string text)
    {
        UInt128 key = Key(text);
        lock (_lock)
        {
            if (_young.TryGetValue(key, out Fingerprint? known))
            {
                return known;
            }

            if (_old.TryGetValue(key, out known))
            {
                Keep(key, known);
                return known;
            }
        }

        Fingerprint made = read(text);
        lock (_lock)
        {
            Keep(key, made);
        }

        return made;
    }

    private void Keep(UInt128 key, Fingerprint fingerprint)
    {
        if (_young.Count >= Generation)
        {
            (_old, _young) = (_young, []);
        }

        _young[key] = fingerprint;
    }

    // Never kept beyond the process, and by far the most frequent step of merging: a cryptographic hash took a fifth of a pipeline's time.
    private static UInt128 Key(string text) => XxHash128.HashToUInt128(MemoryMarshal.AsBytes(text.AsSpan()));
}

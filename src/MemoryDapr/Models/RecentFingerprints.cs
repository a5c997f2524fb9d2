using System.Runtime.InteropServices;
using System.Security.Cryptography;

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

    private static UInt128 Key(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()), hash);
        return MemoryMarshal.Read<UInt128>(hash);
    }
}

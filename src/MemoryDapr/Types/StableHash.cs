using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MemoryDapr.Types;

/// <summary>
/// Hashes that mean the same in every process and every release: ids of items, pipelines and content are made of them, so changing
/// this is a migration.
/// </summary>
internal static class StableHash
{
    /// <summary>
    /// The first <paramref name="digits"/> hex digits (at most 64) of SHA-256 over the parts, each preceded by its length, so that
    /// ("ab", "c") and ("a", "bc") differ.
    /// </summary>
    public static string Hex(int digits, params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (string part in parts)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        Span<byte> digest = stackalloc byte[32];
        hash.GetHashAndReset(digest);
        return Convert.ToHexStringLower(digest)[..digits];
    }
}

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
        int size = 0;
        foreach (string part in parts)
        {
            size += sizeof(int) + Encoding.UTF8.GetByteCount(part);
        }

        Span<byte> text = size <= 512 ? stackalloc byte[size] : new byte[size];
        int at = 0;
        foreach (string part in parts)
        {
            int length = Encoding.UTF8.GetBytes(part, text[(at + sizeof(int))..]);
            BinaryPrimitives.WriteInt32LittleEndian(text[at..], length);
            at += sizeof(int) + length;
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, digest);
        return Convert.ToHexStringLower(digest)[..digits];
    }
}

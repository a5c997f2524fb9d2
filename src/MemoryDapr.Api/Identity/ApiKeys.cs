using System.Security.Cryptography;
using System.Text;

namespace MemoryDapr.Api.Identity;

/// <summary>The configured keys, as hashes: looking one up takes as long for a wrong key as for a right one.</summary>
internal sealed class ApiKeys
{
    private readonly (byte[] Hash, Caller Caller)[] _entries;

    public ApiKeys(ApiOptions options)
    {
        HasKeys = options.HasKeys;
        IEnumerable<(byte[], Caller)> tenants = options.Keys.Select(key => (HashOf(key), new Caller(key.Tenant)));
        _entries = options.OperatorKey is { } operatorKey
            ? [.. tenants, (Hash(operatorKey), new Caller((string?)null))]
            : [.. tenants];
    }

    /// <summary>Whether clients must show a key.</summary>
    public bool HasKeys { get; }

    /// <summary>Who shows this key; null if nobody does.</summary>
    public Caller? Find(string? key)
    {
        if (key is null)
        {
            return null;
        }

        byte[] shown = Hash(key);
        Caller? found = null;
        foreach ((byte[] hash, Caller caller) in _entries)
        {
            found = CryptographicOperations.FixedTimeEquals(hash, shown) ? caller : found;
        }

        return found;
    }

    private static byte[] HashOf(ApiKeyOptions key) => key.KeySha256 is { } hash ? Convert.FromHexString(hash) : Hash(key.Key ?? "");

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}

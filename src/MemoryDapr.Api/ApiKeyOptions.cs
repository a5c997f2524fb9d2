namespace MemoryDapr.Api;

/// <summary>One key of one tenant. Exactly one of <see cref="Key"/> and <see cref="KeySha256"/> is set.</summary>
internal sealed class ApiKeyOptions
{
    /// <summary>The tenant that the key stands for. 1–100 of <c>A-Z a-z 0-9 _ -</c>. A tenant may have several keys.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>The key itself, at least 16 characters. Whoever reads the configuration can use it.</summary>
    public string? Key { get; init; }

    /// <summary>The SHA-256 of the key's UTF-8 bytes, 64 hex digits: the configuration then does not give the key away.</summary>
    public string? KeySha256 { get; init; }
}

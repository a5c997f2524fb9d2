namespace MemoryDapr.Store;

/// <summary>Where Weaviate is (section <c>Store:Weaviate</c>); looked at where <see cref="StoreOptions.Kind"/> says so.</summary>
internal sealed class WeaviateOptions
{
    /// <summary>Its HTTP address, <c>http</c> or <c>https</c>, with host and port alone. Default <c>http://127.0.0.1:8080</c>.</summary>
    public string Url { get; set; } = "http://127.0.0.1:8080";

    /// <summary>The host that gRPC is at; null for the one of <see cref="Url"/>, whose <c>https</c> counts for both.</summary>
    public string? GrpcHost { get; set; }

    /// <summary>The port that gRPC is at, 1–65535. Default 50051.</summary>
    public int GrpcPort { get; set; } = 50051;

    /// <summary>Its API key, from a secret; null where it lets everybody in, as on a machine of one's own.</summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// What the names of the collections begin with: a capital, then letters and digits, at most 32. Default <c>Memory</c>. Another one is
    /// another store, beside the first.
    /// </summary>
    public string Prefix { get; set; } = "Memory";

    /// <summary>
    /// The longest that one call to it takes, 1–60 s. Default 10 s. What waits longer has been given up by the caller's sidecar already;
    /// a shorter one gives up large batches too.
    /// </summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}

namespace MemoryDapr.Benchmarks.Load;

/// <summary>What every load is given.</summary>
internal sealed record LoadSettings
{
    /// <summary>A service that runs already; null to start one on a fresh folder.</summary>
    public Uri? Url { get; init; }

    /// <summary>The API key to show; null for none.</summary>
    public string? Key { get; init; }

    /// <summary>The port of a service that is started here; the bare endpoint takes the next one.</summary>
    public int Port { get; init; } = 7140;

    /// <summary>Options for a service that is started here, as its command line has them; none for the defaults.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];
}

using MemoryDapr.Crash.Server;

namespace MemoryDapr.Crash.Kills;

/// <summary>How much to kill.</summary>
internal sealed record CrashSettings
{
    /// <summary>What is killed.</summary>
    public string Program { get; init; } = BuiltFiles.Standalone;

    /// <summary>Kills of each phase.</summary>
    public int KillsPerPhase { get; init; } = 5;

    /// <summary>Whether everything is checked after each restart, when all work has come to rest; else only what is durable, and everything at the end.</summary>
    public bool IsThorough { get; init; } = true;

    /// <summary>Only phases whose name has this in it; null for all.</summary>
    public string? Only { get; init; }

    /// <summary>What the load and the points are drawn from.</summary>
    public int Seed { get; init; } = 1;
}

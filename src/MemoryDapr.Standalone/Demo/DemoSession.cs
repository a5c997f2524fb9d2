namespace MemoryDapr.Standalone.Demo;

/// <summary>A conversation of the sample.</summary>
internal sealed record DemoSession(string Id, int DaysAgo, IReadOnlyList<DemoTurn> Turns);

namespace MemoryDapr.Standalone.Demo;

/// <summary>A turn of the sample.</summary>
internal sealed record DemoTurn(string Speaker, string Role, string Content);

namespace MemoryDapr.Benchmarks.Load.Loops;

/// <summary>A request: a POST with a body of JSON, a GET without.</summary>
internal readonly record struct LoadRequest(string Path, byte[]? Body = null);

using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MemoryDapr.Telemetry;

/// <summary>The one source of spans and the one meter of MemoryDapr. Instruments are made by the stage that records them.</summary>
internal static class MemoryTelemetry
{
    /// <summary>The name of both.</summary>
    public const string Name = "MemoryDapr";

    /// <summary>Spans. Their names are <c>stage.step</c>, e.g. <c>sessions.append</c>; tags carry ids and counts, never text.</summary>
    public static ActivitySource Spans { get; } = new(Name);

    /// <summary>Instruments. Their names begin with <c>memory_</c> and end with their unit.</summary>
    public static Meter Meter { get; } = new(Name);
}

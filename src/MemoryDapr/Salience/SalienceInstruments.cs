using System.Diagnostics.Metrics;
using MemoryDapr.Telemetry;

namespace MemoryDapr.Salience;

/// <summary>What the stage counts.</summary>
internal static class SalienceInstruments
{
    /// <summary>Citations that changed a salience.</summary>
    public static Counter<long> Counted { get; } =
        MemoryTelemetry.Meter.CreateCounter<long>("memory_citations_counted_total", description: "Citations that changed a salience.");
}

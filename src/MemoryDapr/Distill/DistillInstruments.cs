using System.Diagnostics.Metrics;
using MemoryDapr.Stores.Merging;
using MemoryDapr.Telemetry;

namespace MemoryDapr.Distill;

/// <summary>What distillation makes.</summary>
internal static class DistillInstruments
{
    private static readonly Counter<long> Episodes = MemoryTelemetry.Meter.CreateCounter<long>(
        "memory_distilled_episodes_total", description: "Drafted episodes by what became of them (created, merged, dropped).");

    public static void Count(Consolidated result)
    {
        Episodes.Add(result.Created.Count, new KeyValuePair<string, object?>("result", "created"));
        Episodes.Add(result.Merged.Count, new KeyValuePair<string, object?>("result", "merged"));
        Episodes.Add(result.Dropped, new KeyValuePair<string, object?>("result", "dropped"));
    }
}

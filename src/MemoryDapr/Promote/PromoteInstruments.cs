using System.Diagnostics.Metrics;
using MemoryDapr.Stores.Merging;
using MemoryDapr.Telemetry;

namespace MemoryDapr.Promote;

/// <summary>What promotion makes.</summary>
internal static class PromoteInstruments
{
    private static readonly Counter<long> Facts = MemoryTelemetry.Meter.CreateCounter<long>(
        "memory_promoted_facts_total", description: "Facts of promoted episodes by what became of them (created, merged, dropped).");

    public static void Count(Consolidated result)
    {
        Facts.Add(result.Created.Count, new KeyValuePair<string, object?>("result", "created"));
        Facts.Add(result.Merged.Count, new KeyValuePair<string, object?>("result", "merged"));
        Facts.Add(result.Dropped, new KeyValuePair<string, object?>("result", "dropped"));
    }
}

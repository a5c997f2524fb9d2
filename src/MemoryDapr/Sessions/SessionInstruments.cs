using System.Diagnostics.Metrics;
using MemoryDapr.Telemetry;

namespace MemoryDapr.Sessions;

/// <summary>What the stage counts and measures.</summary>
internal static class SessionInstruments
{
    /// <summary>Turns by what became of them.</summary>
    public static Counter<long> Appended { get; } =
        MemoryTelemetry.Meter.CreateCounter<long>("memory_turns_appended_total", description: "Turns by status.");

    /// <summary>From the worker's route to the durable answer.</summary>
    public static Histogram<double> AppendDuration { get; } =
        MemoryTelemetry.Meter.CreateHistogram<double>("memory_append_duration_seconds", "s", "Durable appends in memory-worker.");

    /// <summary>From the acknowledgement to searchable.</summary>
    public static Histogram<double> IndexLag { get; } =
        MemoryTelemetry.Meter.CreateHistogram<double>("memory_index_lag_seconds", "s", "From an acknowledged append to searchable turns.");

    /// <summary>Rounds that failed and were left to the reminder.</summary>
    public static Counter<long> CatchUpFailures { get; } =
        MemoryTelemetry.Meter.CreateCounter<long>("memory_catchup_failures_total", description: "Rounds of indexing left to the reminder.");
}

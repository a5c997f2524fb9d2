using System.Diagnostics;
using System.Diagnostics.Metrics;
using MemoryDapr.Telemetry;

namespace MemoryDapr.Upkeep;

/// <summary>How the periodic jobs do, for alerts: one that has not succeeded for two periods is stale.</summary>
internal static class UpkeepInstruments
{
    private static readonly Counter<long> Runs =
        MemoryTelemetry.Meter.CreateCounter<long>("memory_job_runs_total", description: "Runs of periodic jobs by job and outcome (succeeded, failed).");

    private static readonly Histogram<double> Duration =
        MemoryTelemetry.Meter.CreateHistogram<double>("memory_job_run_duration_seconds", "s", "How long runs of periodic jobs take.");

    private static readonly Gauge<double> LastSuccess = MemoryTelemetry.Meter.CreateGauge<double>(
        "memory_job_last_success_timestamp_seconds", "s", "When a periodic job last succeeded, in seconds since 1970.");

    private static readonly Gauge<long> Waiting =
        MemoryTelemetry.Meter.CreateGauge<long>("memory_job_backlog", description: "What the last run of a periodic job found to do.");

    private static readonly Gauge<double> OldestWaiting = MemoryTelemetry.Meter.CreateGauge<double>(
        "memory_job_oldest_pending_seconds", "s", "How long the oldest of what a periodic job found to do had been waiting; 0 for nothing.");

    /// <summary>Counts a run that ended at <paramref name="now"/>.</summary>
    public static void CountRun(JobRun run, TimeSpan elapsed, DateTimeOffset now)
    {
        var job = new TagList { { "job", run.Job } };
        Runs.Add(1, new TagList { { "job", run.Job }, { "outcome", run.Error is null ? "succeeded" : "failed" } });
        Duration.Record(elapsed.TotalSeconds, job);
        if (run.Backlog is { } backlog)
        {
            LastSuccess.Record(now.ToUnixTimeMilliseconds() / 1000.0, job);
            Waiting.Record(backlog.Count, job);
            OldestWaiting.Record(backlog.OldestAt is { } oldest && now > oldest ? (now - oldest).TotalSeconds : 0, job);
        }
    }
}

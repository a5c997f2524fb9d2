using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using MemoryDapr.Telemetry;
using MemoryDapr.Upkeep;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Upkeep;

public sealed class UpkeepInstrumentsTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    [Theory]
    [InlineData(null, true)]
    [InlineData("TimeoutException: too long", false)]
    public void CountRun_Ended_CountsItAndMarksOnlySuccess(string? error, bool isSuccess)
    {
        string job = $"job-of-{nameof(UpkeepInstrumentsTests)}-{isSuccess}";
        var measured = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener { InstrumentPublished = Enable };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();

        Backlog? backlog = isSuccess ? new Backlog(3, Now.AddMinutes(-2)) : null;
        UpkeepInstruments.CountRun(new JobRun(job, backlog, error), TimeSpan.FromSeconds(4), Now);

        measured["memory_job_runs_total " + (isSuccess ? "succeeded" : "failed")].ShouldBe(1);
        measured["memory_job_run_duration_seconds "].ShouldBe(4);
        measured.ContainsKey("memory_job_last_success_timestamp_seconds ").ShouldBe(isSuccess);
        if (isSuccess)
        {
            measured["memory_job_last_success_timestamp_seconds "].ShouldBe(1_800_000_000);
            measured["memory_job_backlog "].ShouldBe(3);
            measured["memory_job_oldest_pending_seconds "].ShouldBe(120);
        }

        void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            Dictionary<string, object?> named = new(tags.ToArray());
            if (job.Equals(named.GetValueOrDefault("job")))
            {
                measured[$"{instrument.Name} {named.GetValueOrDefault("outcome")}"] = value;
            }
        }
    }

    private static void Enable(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter == MemoryTelemetry.Meter)
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }
}

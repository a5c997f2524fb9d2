using System.Diagnostics;
using Dapr.Actors.Client;
using MemoryDapr.Telemetry;
using MemoryDapr.Types;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MemoryDapr.Upkeep;

/// <summary>Runs the jobs that are due, outside the actor that schedules them: a job takes long, and the actor has to answer meanwhile.</summary>
internal sealed partial class UpkeepRunner(
    IEnumerable<IUpkeepJob> jobs,
    UpkeepQueue queue,
    IActorProxyFactory actors,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<UpkeepRunner> logger) : BackgroundService
{
    private static readonly TimeSpan ScheduleAgainAfter = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, IUpkeepJob> _jobs = jobs.ToDictionary(job => job.Name, StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartedAsync(stoppingToken);
        await ScheduleAsync(stoppingToken);
        await foreach (string name in queue.ReadAsync(stoppingToken))
        {
            if (_jobs.TryGetValue(name, out IUpkeepJob? job))
            {
                try
                {
                    await RunAsync(job, stoppingToken);
                }
#pragma warning disable CA1031 // The job's own failure is reported; here the actor could not be reached. The reminder comes again.
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    ReportFailed(logger, name, exception);
                }
            }
        }
    }

    // Actors are served once the app listens.
    private async Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken);
    }

    // The sidecar may come up after the app.
    private async Task ScheduleAsync(CancellationToken stoppingToken)
    {
        JobSchedule[] schedule = [.. _jobs.Values.Select(job => new JobSchedule(job.Name, job.Period))];
        while (true)
        {
            try
            {
                await Keeper().ScheduleAsync(schedule, stoppingToken);
                return;
            }
#pragma warning disable CA1031 // Without a schedule there is no upkeep: it is tried until it succeeds, and said each time.
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                ScheduleFailed(logger, exception);
                await Task.Delay(ScheduleAgainAfter, time, stoppingToken);
            }
        }
    }

    private async Task RunAsync(IUpkeepJob job, CancellationToken stoppingToken)
    {
        IUpkeepActor keeper = Keeper();
        if (!await keeper.TryBeginAsync(job.Name, stoppingToken))
        {
            return;
        }

        using Activity? span = MemoryTelemetry.Spans.StartActivity("upkeep.run");
        span?.SetTag("memory.job", job.Name);
        long start = time.GetTimestamp();
        JobRun run;
        try
        {
            run = new JobRun(job.Name, await job.RunAsync(() => keeper.BeatAsync(job.Name, stoppingToken), stoppingToken), null);
        }
#pragma warning disable CA1031 // The failure is what the report is for.
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            RunFailed(logger, job.Name, exception);
            run = new JobRun(job.Name, null, $"{exception.GetType().Name}: {exception.Message}");
        }

        UpkeepInstruments.CountRun(run, time.GetElapsedTime(start), time.GetUtcNow());
        await keeper.EndAsync(run, stoppingToken);
    }

    private IUpkeepActor Keeper() => actors.Actor<IUpkeepActor>(nameof(UpkeepActor), IUpkeepActor.Id);

    [LoggerMessage(Level = LogLevel.Error, Message = "The job {Job} failed; it runs again at its next period.")]
    private static partial void RunFailed(ILogger logger, string job, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The run of job {Job} could not be reported.")]
    private static partial void ReportFailed(ILogger logger, string job, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The periodic jobs could not be scheduled yet.")]
    private static partial void ScheduleFailed(ILogger logger, Exception exception);
}

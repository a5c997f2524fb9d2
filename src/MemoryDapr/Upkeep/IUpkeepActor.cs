using Dapr.Actors;

namespace MemoryDapr.Upkeep;

/// <summary>The one keeper of the periodic jobs' schedule and heartbeats. Its id is <see cref="Id"/>.</summary>
public interface IUpkeepActor : IActor
{
    /// <summary>The actor's id.</summary>
    const string Id = "upkeep";

    /// <summary>Sees to it that every job has its reminder, with this period.</summary>
    Task ScheduleAsync(IReadOnlyList<JobSchedule> jobs, CancellationToken cancellationToken = default);

    /// <summary>Asks to run a job now; false if a run of it is alive.</summary>
    Task<bool> TryBeginAsync(string job, CancellationToken cancellationToken = default);

    /// <summary>A sign of life of a running job.</summary>
    Task BeatAsync(string job, CancellationToken cancellationToken = default);

    /// <summary>A run has ended.</summary>
    Task EndAsync(JobRun run, CancellationToken cancellationToken = default);

    /// <summary>Every job as it is.</summary>
    Task<JobsReport> ReportAsync(CancellationToken cancellationToken = default);
}

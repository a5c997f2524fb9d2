using Dapr.Actors.Runtime;

namespace MemoryDapr.Upkeep;

/// <inheritdoc cref="IUpkeepActor"/>
internal sealed class UpkeepActor(ActorHost host, UpkeepQueue queue, TimeProvider time) : Actor(host), IUpkeepActor, IRemindable
{
    private const string Jobs = "jobs";

    /// <summary>A run without a sign of life for so long is taken to be dead, and another may begin.</summary>
    private static readonly TimeSpan DeadAfter = TimeSpan.FromMinutes(5);

    /// <summary>The first run after a start waits for the apps to come up.</summary>
    private static readonly TimeSpan FirstRunAfter = TimeSpan.FromSeconds(30);

    public async Task ScheduleAsync(IReadOnlyList<JobSchedule> jobs, CancellationToken cancellationToken = default)
    {
        Dictionary<string, JobState> states = await LoadAsync(cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        foreach (JobSchedule job in jobs)
        {
            bool isKnown = states.TryGetValue(job.Job, out JobState? state);
            TimeSpan due = isKnown && state!.LastRunAt is { } last && last + job.Period > now + FirstRunAfter
                ? last + job.Period - now
                : job.Period < FirstRunAfter ? job.Period : FirstRunAfter;
            states[job.Job] = isKnown
                ? state! with { Period = job.Period }
                : new JobState { Period = job.Period, ScheduledAt = now };
            await RegisterReminderAsync(job.Job, [], due, job.Period);
        }

        await StateManager.SetStateAsync(Jobs, states, cancellationToken);
    }

    public async Task<bool> TryBeginAsync(string job, CancellationToken cancellationToken = default)
    {
        Dictionary<string, JobState> states = await LoadAsync(cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        if (!states.TryGetValue(job, out JobState? state) || (state.RunningSince is not null && now - state.HeartbeatAt < DeadAfter))
        {
            return false;
        }

        states[job] = state with { RunningSince = now, HeartbeatAt = now };
        await StateManager.SetStateAsync(Jobs, states, cancellationToken);
        return true;
    }

    public async Task BeatAsync(string job, CancellationToken cancellationToken = default)
    {
        Dictionary<string, JobState> states = await LoadAsync(cancellationToken);
        if (states.TryGetValue(job, out JobState? state))
        {
            states[job] = state with { HeartbeatAt = time.GetUtcNow() };
            await StateManager.SetStateAsync(Jobs, states, cancellationToken);
        }
    }

    public async Task EndAsync(JobRun run, CancellationToken cancellationToken = default)
    {
        Dictionary<string, JobState> states = await LoadAsync(cancellationToken);
        if (states.TryGetValue(run.Job, out JobState? state))
        {
            DateTimeOffset now = time.GetUtcNow();
            states[run.Job] = state with
            {
                RunningSince = null,
                HeartbeatAt = now,
                LastRunAt = now,
                Backlog = run.Backlog ?? state.Backlog,
                Failures = run.Error is null ? 0 : state.Failures + 1,
                Error = run.Error,
            };
            await StateManager.SetStateAsync(Jobs, states, cancellationToken);
        }
    }

    public async Task<JobsReport> ReportAsync(CancellationToken cancellationToken = default)
    {
        Dictionary<string, JobState> states = await LoadAsync(cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        JobReport[] jobs = [.. states
            .OrderBy(job => job.Key, StringComparer.Ordinal)
            .Select(job => ToReport(job.Key, job.Value, now))];
        return new JobsReport(jobs.Length > 0 && jobs.All(job => job.Healthy), jobs);
    }

    public Task ReceiveReminderAsync(string reminderName, byte[] state, TimeSpan dueTime, TimeSpan period)
    {
        queue.Signal(reminderName);
        return Task.CompletedTask;
    }

    private static JobReport ToReport(string name, JobState state, DateTimeOffset now)
    {
        DateTimeOffset heartbeat = state.HeartbeatAt ?? state.ScheduledAt;
        TimeSpan age = now > heartbeat ? now - heartbeat : TimeSpan.Zero;
        return new JobReport(
            name,
            age < (2 * state.Period) + DeadAfter && state.Error is null,
            state.LastRunAt,
            (state.LastRunAt ?? state.ScheduledAt) + state.Period,
            (long)age.TotalMilliseconds,
            state.Backlog.Count,
            state.Backlog.OldestAt is { } oldest && now > oldest ? (long)(now - oldest).TotalMilliseconds : 0,
            state.Failures,
            state.Error);
    }

    private async Task<Dictionary<string, JobState>> LoadAsync(CancellationToken cancellationToken)
    {
        ConditionalValue<Dictionary<string, JobState>> states =
            await StateManager.TryGetStateAsync<Dictionary<string, JobState>>(Jobs, cancellationToken);
        return states.HasValue ? new Dictionary<string, JobState>(states.Value, StringComparer.Ordinal) : new Dictionary<string, JobState>(StringComparer.Ordinal);
    }
}

using System.Diagnostics;
using Dapr.Actors.Runtime;
using MemoryDapr.Telemetry;
using MemoryDapr.Types;

namespace MemoryDapr.Sessions;

/// <inheritdoc cref="ISessionActor"/>
/// <remarks>
/// Each method loads the ledger, lets it decide and saves what it changed; the runtime commits that with the turn. A reminder is
/// durable the moment it is set, whatever becomes of the turn: so it is set before the commit that needs it and ended after the commit
/// that no longer does.
/// </remarks>
internal sealed partial class SessionActor(ActorHost host, SessionsOptions options, CatchUpQueue queue, TimeProvider time)
    : Actor(host), ISessionActor, IRemindable
{
    private const string StateName = "session";
    private const string ReminderName = "catch-up";

    private readonly SessionKey _key = SessionActorId.Parse(host.Id.GetId());

    public async Task<AppendAnswer> AppendAsync(AppendCommand command, CancellationToken cancellationToken = default)
    {
        using Activity? span = MemoryTelemetry.Spans.StartActivity("sessions.decide");
        SessionLedger ledger = await LoadAsync(cancellationToken);
        int wakes = ledger.State.Wakes;
        AppendAnswer answer = ledger.Append(command.Request, command.History, time.GetUtcNow());
        if (ledger.HasChanges)
        {
            await ArmAsync(ledger, wakes);
            await SaveAsync(ledger, cancellationToken);
        }

        return answer;
    }

    public async Task<SessionSnapshot?> GetAsync(CancellationToken cancellationToken = default) =>
        (await LoadAsync(cancellationToken)).Snapshot();

    public async Task<HeldTurns> ListTurnsAsync(HeldTurnsQuery query, CancellationToken cancellationToken = default)
    {
        SessionLedger ledger = await LoadAsync(cancellationToken);
        long from = query.OnlyUnindexed ? Math.Max(query.FromOrdinal, ledger.State.IndexedTo) : query.FromOrdinal;
        return ledger.State.IsOpen
            ? new HeldTurns(ledger.State.User, [.. ledger.TurnsFrom(from).Take(query.Limit)])
            : new HeldTurns(null, []);
    }

    public async Task<PendingWork?> ReadPendingAsync(PendingQuery query, CancellationToken cancellationToken = default) =>
        (await LoadAsync(cancellationToken)).ReadPending(query, time.GetUtcNow());

    public async Task AdvanceAsync(SessionProgress progress, CancellationToken cancellationToken = default)
    {
        SessionLedger ledger = await LoadAsync(cancellationToken);
        int wakes = ledger.State.Wakes;
        ledger.Advance(progress);
        if (ledger.State.Wakes < wakes)
        {
            await ArmAsync(ledger, wakes);
        }

        await SaveAsync(ledger, cancellationToken);
    }

    public async Task AdvanceDistilledAsync(long distilledTo, CancellationToken cancellationToken = default)
    {
        // Without the turns: most sessions have left memory by now, and theirs would be read for nothing.
        var ledger = new SessionLedger(_key, options, await LoadStateAsync(cancellationToken), []);
        ledger.AdvanceDistilled(distilledTo);
        await SaveAsync(ledger, cancellationToken);
    }

    public async Task<PipelineRecord?> PlanTailAsync(CancellationToken cancellationToken = default)
    {
        SessionLedger ledger = await LoadAsync(cancellationToken);
        PipelineRecord? pipeline = ledger.PlanTail(time.GetUtcNow());
        if (pipeline is not null)
        {
            await ArmAsync(ledger, ledger.State.Wakes);
            await SaveAsync(ledger, cancellationToken);
            Signal(ledger);
        }

        return pipeline;
    }

    public async Task<int> ForgetAsync(ForgottenTurns forgotten, CancellationToken cancellationToken = default)
    {
        SessionLedger ledger = await LoadAsync(cancellationToken);
        int held = ledger.Forget(forgotten.TurnIds, forgotten.Record);
        await SaveAsync(ledger, cancellationToken);
        if (!ledger.State.IsOpen)
        {
            await SaveStateAsync();
            await UnregisterReminderAsync(ReminderName);
        }

        return held;
    }

    public async Task ExpireAsync(long nextOrdinal, CancellationToken cancellationToken = default)
    {
        SessionLedger ledger = await LoadAsync(cancellationToken);
        if (!ledger.Expire(nextOrdinal, time.GetUtcNow()))
        {
            return;
        }

        if (ledger.HasChanges)
        {
            // The store has everything that the next life of the session must know; this is only nearer for a while.
            await SavePagesAsync(ledger, cancellationToken);
            await StateManager.SetStateAsync(StateName, ledger.State, options.TimeToLive, cancellationToken);
            await SaveStateAsync();
        }

        await UnregisterReminderAsync(ReminderName);
    }

    public Task WakeAsync(CancellationToken cancellationToken = default) => AttendAsync(wakes: 0, cancellationToken);

    public Task ReceiveReminderAsync(string reminderName, byte[] state, TimeSpan dueTime, TimeSpan period) =>
        AttendAsync(wakes: 1, CancellationToken.None);

    private async Task AttendAsync(int wakes, CancellationToken cancellationToken)
    {
        SessionLedger ledger = await LoadAsync(cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        ReminderPurpose purpose = ledger.Remind(now);
        switch (purpose)
        {
            case ReminderPurpose.None:
                await UnregisterReminderAsync(ReminderName);
                return;
            case ReminderPurpose.Idle:
                // One period is added: the expiry is due then, and not a moment after.
                await SetReminderAsync(ledger, purpose, ledger.State.ExpiresAt(options) - now, options.CatchUpPeriod, wakes: 0);
                break;
            case ReminderPurpose.CatchUp:
                TimeSpan wait = ledger.State.CatchUpWait(options);
                await SetReminderAsync(ledger, purpose, wait, wait, ledger.State.Wakes + wakes);
                Signal(ledger);
                break;
            default:
                throw new InvalidOperationException($"Unknown purpose {purpose}.");
        }

        await SaveAsync(ledger, cancellationToken);
    }

    private void Signal(SessionLedger ledger)
    {
        // Whoever takes it from the queue has to wait for this turn to end, so it sees what this turn commits.
        if (!queue.TryAdd(new Scope(_key.Tenant, ledger.State.User), _key.SessionId))
        {
            LogQueueFull(Logger, Id.GetId());
        }
    }

    /// <summary>Sees to it that the reminder comes within a catch-up period.</summary>
    private async Task ArmAsync(SessionLedger ledger, int wakes)
    {
        if (ledger.State.Reminder != ReminderPurpose.CatchUp || wakes > 0)
        {
            await SetReminderAsync(ledger, ReminderPurpose.CatchUp, options.CatchUpPeriod, options.CatchUpPeriod, wakes: 0);
        }
    }

    private async Task SetReminderAsync(SessionLedger ledger, ReminderPurpose purpose, TimeSpan due, TimeSpan period, int wakes)
    {
        await RegisterReminderAsync(ReminderName, [], due, period);
        ledger.SetReminder(purpose, wakes);
    }

    private async Task<SessionLedger> LoadAsync(CancellationToken cancellationToken)
    {
        SessionState state = await LoadStateAsync(cancellationToken);
        var pages = new List<SessionPage>();
        for (long number = state.FirstPage; number < state.NextPage; number++)
        {
            pages.Add(await StateManager.GetStateAsync<SessionPage>(PageName(number), cancellationToken));
        }

        return new SessionLedger(_key, options, state, pages);
    }

    private async Task<SessionState> LoadStateAsync(CancellationToken cancellationToken)
    {
        ConditionalValue<SessionState> stored = await StateManager.TryGetStateAsync<SessionState>(StateName, cancellationToken);
        return stored.HasValue ? stored.Value : new SessionState();
    }

    private async Task SaveAsync(SessionLedger ledger, CancellationToken cancellationToken)
    {
        if (ledger.HasChanges)
        {
            await SavePagesAsync(ledger, cancellationToken);
            await StateManager.SetStateAsync(StateName, ledger.State, cancellationToken);
        }
    }

    private async Task SavePagesAsync(SessionLedger ledger, CancellationToken cancellationToken)
    {
        foreach (SessionPage page in ledger.ChangedPages)
        {
            await StateManager.SetStateAsync(PageName(page.Number), page, cancellationToken);
        }

        foreach (long number in ledger.RemovedPages)
        {
            await StateManager.TryRemoveStateAsync(PageName(number), cancellationToken);
        }
    }

    private static string PageName(long number) => FormattableString.Invariant($"page-{number:D4}");
}

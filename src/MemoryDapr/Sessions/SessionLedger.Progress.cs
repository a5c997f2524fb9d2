using MemoryDapr.Types;

namespace MemoryDapr.Sessions;

internal sealed partial class SessionLedger
{
    /// <summary>What is to be indexed and scheduled next; null if the session is closed.</summary>
    public PendingWork? ReadPending(PendingQuery query, DateTimeOffset now)
    {
        if (!State.IsOpen)
        {
            return null;
        }

        var turns = new List<Turn>();
        long bytes = 0;
        bool isCut = false;
        foreach (Turn turn in TurnsFrom(State.IndexedTo))
        {
            bytes += SessionPage.SizeOf(turn);
            isCut = turns.Count > 0 && (turns.Count == query.MaxTurns || bytes > query.MaxBytes);
            if (isCut)
            {
                break;
            }

            turns.Add(turn);
        }

        // Where the last turns were erased before they were indexed, nothing is left to wait for.
        long to = isCut ? turns[^1].Ordinal + 1 : State.NextOrdinal;
        long later = Turns.LongCount(turn => turn.Ordinal >= to);
        SessionRecord record = State.ToRecord(_key, to, State.TurnCount - later);
        return new PendingWork(
            record,
            turns,
            [.. State.Unscheduled.Where(pipeline => pipeline.To <= to).Select(pipeline => ToRecord(pipeline, record.Scope))],
            State.IndexedTo,
            isCut,
            IsExpiring(now));
    }

    /// <summary>Takes down how far indexing and scheduling have come, and lets go of turns that turned out to be erased.</summary>
    public void Advance(SessionProgress progress)
    {
        if (!State.IsOpen)
        {
            return;
        }

        int removed = Remove(progress.Erased.ToHashSet(StringComparer.Ordinal));
        if (removed > 0 && State.TurnCount <= 0)
        {
            Close(State.NextOrdinal, checksHistory: true);
            return;
        }

        if (removed > 0)
        {
            // Their tombstones are in the store: whoever repeats them is answered from there.
            State = State with { Epoch = State.Epoch + 1, ChecksHistory = true };
        }

        long indexedTo = Math.Clamp(progress.IndexedTo, State.IndexedTo, State.NextOrdinal);
        List<PlannedPipeline> unscheduled = [.. State.Unscheduled.Where(pipeline => pipeline.To > progress.ScheduledTo)];
        if (removed > 0 || indexedTo > State.IndexedTo || unscheduled.Count < State.Unscheduled.Count)
        {
            State = State with { IndexedTo = indexedTo, Unscheduled = unscheduled, Wakes = 0 };
            Trim();
        }
    }

    /// <summary>Takes down how far distillation has come, for whoever asks: nothing here waits for it.</summary>
    public void AdvanceDistilled(long distilledTo)
    {
        if (State.IsOpen && distilledTo > State.DistilledTo)
        {
            State = State with { DistilledTo = Math.Min(distilledTo, State.NextOrdinal) };
        }
    }

    /// <summary>Plans what is not planned yet and answers the last pipeline that is not scheduled; null if there is none.</summary>
    public PipelineRecord? PlanTail(DateTimeOffset now)
    {
        if (!State.IsOpen)
        {
            return null;
        }

        Plan(atLeast: 1, now);
        return State.Unscheduled.Count == 0 ? null : ToRecord(State.Unscheduled[^1], new Scope(_key.Tenant, State.User));
    }

    /// <summary>
    /// What the reminder is for from now on: an idle session has its tail planned; one that is behind is attended to until it is not.
    /// </summary>
    public ReminderPurpose Remind(DateTimeOffset now)
    {
        if (!State.IsOpen)
        {
            return ReminderPurpose.None;
        }

        bool isIdle = now >= State.ExpiresAt(_options);
        if (isIdle)
        {
            Plan(atLeast: 1, now);
        }

        return isIdle || State.IsBehind() ? ReminderPurpose.CatchUp : ReminderPurpose.Idle;
    }

    /// <summary>Takes down what the reminder is set to, and how often it has come in vain.</summary>
    public void SetReminder(ReminderPurpose purpose, int wakes)
    {
        if (State.Reminder != purpose || State.Wakes != wakes)
        {
            State = State with { Reminder = purpose, Wakes = wakes };
        }
    }

    /// <summary>
    /// Whether nothing is left to do but to let go of the window. What is scheduled need not be done: it works on the turns in the
    /// store, and if it fails upkeep repeats it from its record there.
    /// </summary>
    public bool IsExpiring(DateTimeOffset now) => State.IsOpen && State.IsSettled() && now >= State.ExpiresAt(_options);

    /// <summary>Closes the session, unless a turn has come since; answers whether it is closed.</summary>
    public bool Expire(long nextOrdinal, DateTimeOffset now)
    {
        if (!State.IsOpen)
        {
            return true;
        }

        if (nextOrdinal != State.NextOrdinal || !IsExpiring(now))
        {
            return false;
        }

        Close(State.NextOrdinal, State.ChecksHistory);
        return true;
    }

    /// <summary>
    /// Lets go of erased turns and answers how many were held. <paramref name="record"/> is the session's record after the store has
    /// erased them; it alone knows of turns that are not held.
    /// </summary>
    public int Forget(IReadOnlyList<string> turnIds, SessionRecord? record)
    {
        int removed = Remove(turnIds.ToHashSet(StringComparer.Ordinal));
        if (State.IsOpen && record is not null)
        {
            State = State with { TurnCount = record.TurnCount + Turns.LongCount(turn => turn.Ordinal >= record.IndexedTo) };
        }

        if (!State.IsOpen || State.TurnCount <= 0)
        {
            Close(record?.NextOrdinal ?? 0, checksHistory: true);
        }
        else
        {
            State = State with { Epoch = State.Epoch + 1, ChecksHistory = true };
            Trim();
        }

        return removed;
    }

    private int Remove(HashSet<string> turnIds)
    {
        int removed = 0;
        foreach (SessionPage page in turnIds.Count == 0 ? [] : _pages.Values.ToList())
        {
            List<Turn> left = [.. page.Turns.Where(turn => !turnIds.Contains(turn.Id))];
            if (left.Count < page.Turns.Count)
            {
                removed += page.Turns.Count - left.Count;
                ReplacePage(page with { Turns = left });
            }
        }

        if (removed > 0)
        {
            State = State with { TurnCount = State.TurnCount - removed };
        }

        return removed;
    }

    private PipelineRecord ToRecord(PlannedPipeline pipeline, Scope scope) => new()
    {
        Id = PipelineIdAt(pipeline.To),
        Scope = scope,
        Kind = PipelineKind.Distill,
        SessionId = _key.SessionId,
        From = pipeline.From,
        To = pipeline.To,
        Status = PipelineStatus.Queued,
        CreatedAt = pipeline.At,
        UpdatedAt = pipeline.At,
    };
}

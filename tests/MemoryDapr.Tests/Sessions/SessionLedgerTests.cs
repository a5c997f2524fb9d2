using MemoryDapr.Sessions;
using MemoryDapr.Stores;
using MemoryDapr.Types;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Sessions;

public sealed class SessionLedgerTests
{
    private readonly LedgerBench _bench = new();

    [Fact]
    public void Append_ClosedSession_AsksForItsHistory()
    {
        var request = new AppendRequest("acme", "s1", null, LedgerBench.Turns(0, 1));
        AppendAnswer answer = _bench.Do(ledger => ledger.Append(request, null, _bench.Now));
        answer.Outcome.ShouldBeNull();
        answer.HistoryEpoch.ShouldBe(0);
        _bench.State.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public void Append_HistoryOfAnEarlierEpoch_AsksAgain()
    {
        _bench.Append("a");
        _bench.Do(ledger => ledger.Forget(["a"], null));
        var request = new AppendRequest("acme", "s1", null, LedgerBench.Turns(0, 1));
        AppendAnswer answer = _bench.Do(ledger => ledger.Append(request, new SessionHistory(0, null, []), _bench.Now));
        answer.HistoryEpoch.ShouldBe(_bench.State.Epoch);
        _bench.State.Epoch.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Append_NewSession_BelongsToTheNamedUser()
    {
        _bench.Append(LedgerBench.Turns(0, 2), "anna").Value!.User.ShouldBe("anna");
        Refusal refusal = _bench.Append(LedgerBench.Turns(2, 1), "ben").Refusal!;
        refusal.Kind.ShouldBe(RefusalKind.SessionOwner);
        _bench.Append(LedgerBench.Turns(2, 1)).Value!.User.ShouldBe("anna");
        _bench.Held.Count.ShouldBe(3);
    }

    [Fact]
    public void Append_NobodyNamed_BelongsToTheDefaultUser() => _bench.Append("a").Value!.User.ShouldBe("default");

    [Fact]
    public void Append_RepeatedRequest_AnswersTheSamePipeline()
    {
        AppendResult first = _bench.Append("a", "b", "c", "d", "e").Value!;
        AppendResult again = _bench.Append("a", "b", "c", "d", "e").Value!;
        first.PipelineId.ShouldBe(PipelineId.ForDistill("acme", "s1", 5));
        again.PipelineId.ShouldBe(first.PipelineId);
        again.TurnCount.ShouldBe(5);
        again.Turns.Select(turn => turn.ItemId).ShouldBe(first.Turns.Select(turn => turn.ItemId));
        again.Turns.ShouldAllBe(turn => turn.Status == TurnStatus.Duplicate);
        _bench.Held.Count.ShouldBe(5);
    }

    [Fact]
    public void Append_SameIdOtherContent_RefusesTheWholeBatch()
    {
        _bench.Append("a");
        Refusal refusal = _bench.Append([LedgerBench.Turn("b"), LedgerBench.Turn("a", "Bye")]).Refusal!;
        refusal.Kind.ShouldBe(RefusalKind.TurnConflict);
        refusal.Pointer.ShouldBe("/turns/1");
        _bench.Held.Select(turn => turn.Id).ShouldBe(["a"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Append_IdTwiceInOneBatch_IsDuplicateOrConflict(bool sameContent)
    {
        Outcome<AppendResult> outcome = _bench.Append([LedgerBench.Turn("a"), LedgerBench.Turn("a", sameContent ? "Hello" : "Bye")]);
        if (sameContent)
        {
            outcome.Value!.Turns.Select(turn => turn.Status).ShouldBe([TurnStatus.Accepted, TurnStatus.Duplicate]);
            _bench.Held.Count.ShouldBe(1);
        }
        else
        {
            outcome.Refusal!.Pointer.ShouldBe("/turns/1");
            _bench.State.IsOpen.ShouldBeFalse();
        }
    }

    [Fact]
    public void Append_OtherTimeOrMetadata_IsADuplicate()
    {
        _bench.Append("a");
        Turn later = LedgerBench.Turn("a") with { At = _bench.Now.AddDays(1), Speaker = null };
        _bench.Append([later]).Value!.Turns[0].Status.ShouldBe(TurnStatus.Duplicate);
    }

    [Fact]
    public void Append_ErasedAndStoredIdsOfHistory_AreToldApart()
    {
        Turn stored = LedgerBench.Turn("stored");
        AppendResult result = _bench.Append(
            [LedgerBench.Turn("gone"), stored, LedgerBench.Turn("new")],
            null,
            null,
            new KnownTurn("gone", null, true),
            new KnownTurn("stored", stored.ContentHash, false)).Value!;
        result.Turns.Select(turn => turn.Status).ShouldBe([TurnStatus.Erased, TurnStatus.Duplicate, TurnStatus.Accepted]);
        _bench.Held.Select(turn => turn.Id).ShouldBe(["new"]);
    }

    [Fact]
    public void Append_StoredIdWithOtherContent_IsAConflict() =>
        _bench.Append([LedgerBench.Turn("a")], null, null, new KnownTurn("a", "00", false)).Refusal!.Kind.ShouldBe(RefusalKind.TurnConflict);

    [Fact]
    public void Append_OnlyErasedTurns_OpensNothing()
    {
        AppendResult result = _bench.Append([LedgerBench.Turn("a")], "anna", null, new KnownTurn("a", null, true)).Value!;
        result.TurnCount.ShouldBe(0);
        result.PipelineId.ShouldBeNull();
        _bench.State.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public void Append_FewerThanAPipeline_PlansNone()
    {
        _bench.Append("a", "b", "c", "d").Value!.PipelineId.ShouldBeNull();
        _bench.State.Unscheduled.ShouldBeEmpty();
        _bench.Append("e").Value!.PipelineId.ShouldBe(PipelineId.ForDistill("acme", "s1", 5));
        _bench.Append("a").Value!.PipelineId.ShouldBe(PipelineId.ForDistill("acme", "s1", 5));
    }

    [Fact]
    public void Append_PipelineNotScheduledYet_DescribesIt()
    {
        _bench.Append("a", "b", "c", "d").Value!.Planned.ShouldBeNull();

        AppendResult fifth = _bench.Append("e").Value!;

        PipelineRecord planned = fifth.Planned.ShouldNotBeNull();
        (planned.Id, planned.SessionId, planned.From, planned.To, planned.Status).ShouldBe((fifth.PipelineId!, "s1", 0L, 5L, PipelineStatus.Queued));
    }

    [Fact]
    public void Append_ManyTurns_FillsPages()
    {
        _bench.Append(LedgerBench.Turns(0, 100));
        _bench.Append(LedgerBench.Turns(100, 20));
        _bench.PageCount.ShouldBe(3);
        _bench.Held.Select(turn => turn.Ordinal).ShouldBe(Enumerable.Range(0, 120).Select(i => (long)i));
    }

    [Fact]
    public void Append_LongTurns_KeepsPagesSmall()
    {
        string content = new('x', 32_000);
        _bench.Append([.. Enumerable.Range(0, 20).Select(i => LedgerBench.Turn($"t{i}", content))]);
        _bench.PageCount.ShouldBe(3);
    }

    [Fact]
    public void Settle_LongSession_LetsGoOfOldPagesAndAsksForThem()
    {
        for (int i = 0; i < 10; i++)
        {
            _bench.Append(LedgerBench.Turns(i * 50, 50));
            _bench.Settle();
        }

        _bench.Held.Count.ShouldBe(200);
        _bench.State.TurnCount.ShouldBe(500);
        var request = new AppendRequest("acme", "s1", null, [LedgerBench.Turn("t0")]);
        _bench.Do(ledger => ledger.Append(request, null, _bench.Now)).HistoryEpoch.ShouldBe(_bench.State.Epoch);

        // What is held is answered without it.
        request = new AppendRequest("acme", "s1", null, [LedgerBench.Turn("t499")]);
        _bench.Do(ledger => ledger.Append(request, null, _bench.Now)).Outcome!.Value!.Turns[0].Status.ShouldBe(TurnStatus.Duplicate);
    }

    [Fact]
    public void Trim_TurnsThatAreNotIndexed_AreKept()
    {
        for (int i = 0; i < 10; i++)
        {
            _bench.Append(LedgerBench.Turns(i * 50, 50));
        }

        _bench.Do(ledger => ledger.Advance(new SessionProgress(250, 250, [])));
        _bench.Held.Count.ShouldBe(250);

        // Distillation reads from the store: a pipeline that keeps failing does not let the pages grow.
        _bench.Do(ledger => ledger.Advance(new SessionProgress(500, 500, [])));
        _bench.Held.Count.ShouldBe(200);
        _bench.State.DistilledTo.ShouldBe(0);
    }

    [Fact]
    public void ReadPending_LimitedTurns_GivesOnlyPipelinesThatTheyComplete()
    {
        _bench.Append(LedgerBench.Turns(0, 5));
        _bench.Append(LedgerBench.Turns(5, 5));
        PendingWork work = _bench.Load().ReadPending(new PendingQuery(7, int.MaxValue), _bench.Now)!;
        work.Turns.Count.ShouldBe(7);
        work.HasMore.ShouldBeTrue();
        work.Record.IndexedTo.ShouldBe(7);
        work.Record.TurnCount.ShouldBe(7);
        work.Pipelines.Select(pipeline => (pipeline.From, pipeline.To)).ShouldBe([(0L, 5L)]);
    }

    [Fact]
    public void ReadPending_TailErasedBeforeItWasIndexed_IsNotWaitedFor()
    {
        _bench.Append("a", "b");
        _bench.Do(ledger => ledger.Forget(["b"], null));
        PendingWork work = _bench.Load().ReadPending(new PendingQuery(10, int.MaxValue), _bench.Now)!;
        work.Turns.Select(turn => turn.Id).ShouldBe(["a"]);
        work.Record.IndexedTo.ShouldBe(2);
        work.Record.TurnCount.ShouldBe(1);
    }

    [Fact]
    public void Advance_ToldOfErasedTurns_LetsGoOfThem()
    {
        _bench.Append("a", "b");
        _bench.Do(ledger => ledger.Advance(new SessionProgress(2, 0, ["a"])));
        _bench.Held.Select(turn => turn.Id).ShouldBe(["b"]);
        _bench.State.TurnCount.ShouldBe(1);
    }

    [Fact]
    public void Advance_LessThanBefore_ChangesNothing()
    {
        _bench.Append("a", "b");
        _bench.Do(ledger => ledger.Advance(new SessionProgress(2, 0, [])));
        SessionLedger ledger = _bench.Load();
        ledger.Advance(new SessionProgress(1, 0, []));
        ledger.HasChanges.ShouldBeFalse();
        ledger.State.IndexedTo.ShouldBe(2);
    }

    [Fact]
    public void Remind_Idle_PlansTheTail()
    {
        _bench.Append("a", "b");
        _bench.Load().Remind(_bench.Now).ShouldBe(ReminderPurpose.CatchUp);
        _bench.Do(ledger => ledger.Advance(new SessionProgress(2, 0, [])));
        _bench.Load().Remind(_bench.Now).ShouldBe(ReminderPurpose.Idle);
        _bench.Now += _bench.Options.IdleAfter;
        _bench.Do(ledger => ledger.Remind(_bench.Now)).ShouldBe(ReminderPurpose.CatchUp);
        _bench.State.Unscheduled.Select(pipeline => pipeline.To).ShouldBe([2L]);
    }

    [Fact]
    public void CatchUpWait_TriesInVain_DoublesUpToAnHourAndBeginsAnew()
    {
        _bench.Append("a");
        var waits = new List<double>();
        for (int i = 0; i < 8; i++)
        {
            waits.Add(_bench.State.CatchUpWait(_bench.Options).TotalMinutes);
            _bench.Do(ledger => ledger.SetReminder(ReminderPurpose.CatchUp, ledger.State.Wakes + 1));
        }

        waits.ShouldBe([1, 2, 4, 8, 16, 32, 60, 60]);
        _bench.Do(ledger => ledger.Advance(new SessionProgress(0, 0, [])));
        _bench.State.Wakes.ShouldBe(8);
        _bench.Do(ledger => ledger.Advance(new SessionProgress(1, 0, [])));
        _bench.State.Wakes.ShouldBe(0);
        _bench.Do(ledger => ledger.SetReminder(ReminderPurpose.CatchUp, 3));
        _bench.Append("b");
        _bench.State.CatchUpWait(_bench.Options).ShouldBe(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Expire_UnscheduledTail_IsRefused()
    {
        _bench.Append("a");
        _bench.Do(ledger => ledger.Advance(new SessionProgress(1, 0, [])));
        _bench.Now += _bench.Options.IdleAfter;
        _bench.Do(ledger => ledger.Expire(1, _bench.Now)).ShouldBeFalse();
        _bench.Do(ledger => ledger.Remind(_bench.Now));
        _bench.Do(ledger => ledger.Expire(1, _bench.Now)).ShouldBeFalse();
        _bench.Do(ledger => ledger.Advance(new SessionProgress(1, 1, [])));
        _bench.Do(ledger => ledger.Expire(1, _bench.Now)).ShouldBeTrue();
        _bench.PageCount.ShouldBe(0);
        _bench.State.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public void Expire_TurnCameMeanwhile_IsRefused()
    {
        _bench.Append("a");
        _bench.Now += _bench.Options.IdleAfter;
        _bench.Do(ledger => ledger.Remind(_bench.Now));
        _bench.Settle();
        _bench.Append("b");
        _bench.Do(ledger => ledger.Expire(1, _bench.Now)).ShouldBeFalse();
        _bench.Held.Count.ShouldBe(2);
    }

    [Fact]
    public void Append_AfterExpiry_GoesOnWithTheRecord()
    {
        _bench.Append(LedgerBench.Turns(0, 1), "anna");
        _bench.Now += _bench.Options.IdleAfter;
        _bench.Do(ledger => ledger.Remind(_bench.Now));
        SessionRecord record = _bench.Settle().Record with { DistilledTo = 1 };
        _bench.Do(ledger => ledger.Expire(1, _bench.Now)).ShouldBeTrue();

        _bench.Append([LedgerBench.Turn("b")], "ben", record).Refusal!.Kind.ShouldBe(RefusalKind.SessionOwner);
        _bench.Append([LedgerBench.Turn("b")], null, record).Value!.TurnCount.ShouldBe(2);
        _bench.Held.Select(turn => turn.Ordinal).ShouldBe([1L]);
        _bench.State.PlannedTo.ShouldBe(1);
    }

    [Fact]
    public void Append_AfterExpiryWithAFailedPipeline_PlansNothingTwice()
    {
        _bench.Append(LedgerBench.Turns(0, 5));
        PendingWork work = _bench.Do(ledger => ledger.ReadPending(new PendingQuery(10, int.MaxValue), _bench.Now))!;
        (work.Record.PlannedTo, work.Record.DistilledTo).ShouldBe((5L, 0L));
        _bench.Do(ledger => ledger.Advance(new SessionProgress(5, 5, [])));
        _bench.Now += _bench.Options.IdleAfter;
        _bench.Do(ledger => ledger.Expire(5, _bench.Now)).ShouldBeTrue();

        _bench.Append(LedgerBench.Turns(5, 5), null, work.Record);
        _bench.State.Unscheduled.Select(pipeline => (pipeline.From, pipeline.To)).ShouldBe([(5L, 10L)]);
        _bench.Load().Snapshot()!.Record.DistilledTo.ShouldBe(0);
    }

    [Fact]
    public void ReadPending_PipelineBeyondWhatIsRead_IsNotRecordedAsPlanned()
    {
        _bench.Append(LedgerBench.Turns(0, 5));
        _bench.Append(LedgerBench.Turns(5, 5));
        _bench.Load().ReadPending(new PendingQuery(7, int.MaxValue), _bench.Now)!.Record.PlannedTo.ShouldBe(5);
    }

    [Fact]
    public void Forget_AllTurns_ClosesAndNeverReusesAnOrdinal()
    {
        _bench.Append(LedgerBench.Turns(0, 3), "anna");
        _bench.Do(ledger => ledger.Forget(["t0", "t1", "t2"], null)).ShouldBe(3);
        _bench.State.IsOpen.ShouldBeFalse();
        _bench.PageCount.ShouldBe(0);

        // The session id is free for another user, and what was erased is asked for from now on.
        _bench.Append([LedgerBench.Turn("t9")], "ben").Value!.User.ShouldBe("ben");
        _bench.Held[0].Ordinal.ShouldBe(3);
        _bench.State.ChecksHistory.ShouldBeTrue();
    }

    [Fact]
    public void Forget_ExpiredSession_KeepsTheOrdinalsOfItsRecord()
    {
        SessionRecord record = Record(turnCount: 0, nextOrdinal: 40);
        _bench.Do(ledger => ledger.Forget([], record));
        _bench.Append([LedgerBench.Turn("a")]);
        _bench.Held[0].Ordinal.ShouldBe(40);
    }

    [Fact]
    public void Forget_TurnsThatAreNotHeld_TakesTheCountOfTheRecord()
    {
        for (int i = 0; i < 10; i++)
        {
            _bench.Append(LedgerBench.Turns(i * 50, 50));
            _bench.Settle();
        }

        _bench.Append("tail");
        _bench.Do(ledger => ledger.Forget(["t0"], Record(turnCount: 499, nextOrdinal: 500))).ShouldBe(0);
        _bench.State.TurnCount.ShouldBe(500);
    }

    [Fact]
    public void Snapshot_MoreThanAWindow_ShowsTheNewest()
    {
        _bench.Append(LedgerBench.Turns(0, 12));
        SessionSnapshot snapshot = _bench.Load().Snapshot()!;
        snapshot.Window.Select(turn => turn.Id).ShouldBe(Enumerable.Range(2, 10).Select(i => $"t{i}"));
        snapshot.ExpiresAt.ShouldBe(_bench.Now + TimeSpan.FromMinutes(30));
        snapshot.Record.TurnCount.ShouldBe(12);
        snapshot.Record.IndexedTo.ShouldBe(0);
    }

    [Fact]
    public void PlanTail_NothingLeft_AnswersNone()
    {
        _bench.Do(ledger => ledger.PlanTail(_bench.Now)).ShouldBeNull();
        _bench.Append("a", "b");
        PipelineRecord tail = _bench.Do(ledger => ledger.PlanTail(_bench.Now))!;
        (tail.From, tail.To, tail.Status).ShouldBe((0L, 2L, PipelineStatus.Queued));
        _bench.Do(ledger => ledger.PlanTail(_bench.Now))!.Id.ShouldBe(tail.Id);
        _bench.Do(ledger => ledger.Advance(new SessionProgress(2, 2, [])));
        _bench.Do(ledger => ledger.PlanTail(_bench.Now)).ShouldBeNull();
    }

    private static SessionRecord Record(long turnCount, long nextOrdinal) => new()
    {
        SessionId = "s1",
        Scope = new Scope("acme", "default"),
        TurnCount = turnCount,
        NextOrdinal = nextOrdinal,
        IndexedTo = nextOrdinal,
        DistilledTo = nextOrdinal,
        CreatedAt = DateTimeOffset.UnixEpoch,
        LastActiveAt = DateTimeOffset.UnixEpoch,
    };
}

using Dapr.Actors;
using MemoryDapr.Sessions;
using MemoryDapr.Stores;
using MemoryDapr.Stores.Outbox;
using MemoryDapr.Types;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Sessions;

public sealed class SessionFlowTests
{
    private static readonly Scope Anna = new("acme", "anna");

    [Fact]
    public async Task Append_Acknowledged_IsIndexedAndScheduled()
    {
        await using SessionsApp app = await SessionsApp.StartAsync();
        AppendResult result = (await app.AppendAsync("s1", LedgerBench.Turns(0, 7))).Value!;
        await app.WhenCaughtUpAsync("s1");

        IReadOnlyList<MemoryItem> stored = await app.Store.ListTurnsAsync(Anna, "s1", 0, 100, CancellationToken.None);
        stored.Select(turn => turn.Id).ShouldBe(result.Turns.Select(turn => turn.ItemId));
        app.Scheduler.Scheduled.Select(pipeline => pipeline.Id).ShouldBe([result.PipelineId]);
        PipelineRecord? pipeline = await app.Store.GetPipelineAsync("acme", result.PipelineId!, CancellationToken.None);
        (pipeline!.From, pipeline.To, pipeline.Status).ShouldBe((0L, 7L, PipelineStatus.Queued));
        SessionRecord record = (await app.Store.GetSessionAsync("acme", "s1", CancellationToken.None))!;
        (record.TurnCount, record.IndexedTo, record.NextOrdinal).ShouldBe((7L, 7L, 7L));
    }

    [Fact]
    public async Task Append_SameRequestAtOnce_IsAcceptedOnce()
    {
        await using SessionsApp app = await SessionsApp.StartAsync();
        Outcome<AppendResult>[] outcomes =
            await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => app.AppendAsync("s1", LedgerBench.Turns(0, 5))));
        outcomes.Count(outcome => outcome.Value!.Turns.All(turn => turn.Status == TurnStatus.Accepted)).ShouldBe(1);
        outcomes.Count(outcome => outcome.Value!.Turns.All(turn => turn.Status == TurnStatus.Duplicate)).ShouldBe(15);
        outcomes.Select(outcome => outcome.Value!.PipelineId).Distinct().ShouldHaveSingleItem().ShouldNotBeNull();
    }

    [Fact]
    public async Task ListTurns_WhileItIsAppendedTo_IsCompleteAndInOrder()
    {
        await using SessionsApp app = await SessionsApp.StartAsync();
        for (int i = 0; i < 30; i++)
        {
            await app.AppendAsync("s1", LedgerBench.Turns(i * 10, 10));

            // At once after the answer: part of it may be indexed, part not.
            var listed = new List<Turn>();
            string? cursor = null;
            do
            {
                Page<Turn> page = (await app.Reader.ListTurnsAsync(new TurnsRequest("acme", "s1", cursor, 100), CancellationToken.None)).Value!;
                listed.AddRange(page.Items);
                cursor = page.NextCursor;
            }
            while (cursor is not null);

            listed.Select(turn => turn.Id).ShouldBe(Enumerable.Range(0, (i + 1) * 10).Select(id => $"t{id}"));
        }
    }

    [Fact]
    public async Task ListTurns_UnknownSessionOrCursor_IsRefused()
    {
        await using SessionsApp app = await SessionsApp.StartAsync();
        (await app.Reader.ListTurnsAsync(new TurnsRequest("acme", "s1", null, 10), CancellationToken.None)).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
        (await app.Reader.ListTurnsAsync(new TurnsRequest("acme", "s1", "no", 10), CancellationToken.None)).Refusal!.Kind.ShouldBe(RefusalKind.Unprocessable);
        (await app.Reader.GetAsync(new SessionKey("acme", "s1"), CancellationToken.None)).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
    }

    [Fact]
    public async Task CatchUp_SchedulingFailed_IsRepairedByTheReminder()
    {
        await using SessionsApp app = await SessionsApp.StartAsync();
        app.Scheduler.FailNext();
        await app.AppendAsync("s1", LedgerBench.Turns(0, 5));
        await app.Scheduler.Failed.Task;
        await SessionsApp.UntilAsync(async () =>
            (await app.Actors.Session("acme", "s1").GetAsync())!.Record.IndexedTo == 5);
        app.Scheduler.Scheduled.ShouldBeEmpty();

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.WhenCaughtUpAsync("s1");
        app.Scheduler.Scheduled.Select(pipeline => pipeline.To).ShouldBe([5L]);
    }

    [Fact]
    public async Task Restart_BehindSession_IsCaughtUpByItsReminder()
    {
        await using SessionsApp app = await SessionsApp.StartAsync();
        app.Scheduler.FailNext();
        await app.AppendAsync("s1", LedgerBench.Turns(0, 5));
        await app.Scheduler.Failed.Task;
        await app.RestartAsync();
        app.Scheduler.Scheduled.ShouldBeEmpty();

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.WhenCaughtUpAsync("s1");
        app.Scheduler.Scheduled.Select(pipeline => pipeline.To).ShouldBe([5L]);
        (await app.Reader.GetAsync(new SessionKey("acme", "s1"), CancellationToken.None)).Value!.Window.Count.ShouldBe(5);
    }

    [Fact]
    public async Task Idle_UndistilledTail_IsDistilledBeforeTheSessionExpires()
    {
        await using SessionsApp app = await SessionsApp.StartAsync();
        await app.AppendAsync("s1", LedgerBench.Turns(0, 7));
        await app.AppendAsync("s1", LedgerBench.Turns(7, 2));
        await app.WhenCaughtUpAsync("s1");

        // Whether the reminder has become the idle one by then or not: what is idle is distilled.
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        app.Clock.Advance(TimeSpan.FromMinutes(30));
        await SessionsApp.UntilAsync(() => Task.FromResult(app.Scheduler.Scheduled.Count == 2));
        app.Scheduler.Scheduled.Select(pipeline => (pipeline.From, pipeline.To)).ShouldBe([(0L, 7L), (7L, 9L)]);

        // Neither pipeline has run: what they need is in the store. Where both reminders came, the second may have expired it already.
        await app.Windows.CatchUpAsync("acme", "s1", CancellationToken.None);
        await SessionsApp.UntilAsync(async () => await app.Actors.Session("acme", "s1").GetAsync() is null);

        SessionView view = (await app.Reader.GetAsync(new SessionKey("acme", "s1"), CancellationToken.None)).Value!;
        view.Window.ShouldBeEmpty();
        view.ExpiresAt.ShouldBeNull();
        view.Session.TurnCount.ShouldBe(9);
        IOutboxActor outbox = app.Actors.CreateActorProxy<IOutboxActor>(new ActorId("acme"), nameof(OutboxActor));
        OutboxEvent expired = (await outbox.PeekAsync()).Events.ShouldHaveSingleItem();
        expired.Topic.ShouldBe(MemoryEvents.SessionExpired);
        expired.Data.GetProperty("turnCount").GetInt64().ShouldBe(9);

        // It goes on where it ended; what it was told before is known.
        AppendResult next = (await app.AppendAsync("s1", [LedgerBench.Turn("t0"), LedgerBench.Turn("t9")], null)).Value!;
        next.Turns.Select(turn => turn.Status).ShouldBe([TurnStatus.Duplicate, TurnStatus.Accepted]);
        next.TurnCount.ShouldBe(10);
        (await app.Actors.Session("acme", "s1").ListTurnsAsync(new HeldTurnsQuery(0, 10, false))).Turns[0].Ordinal.ShouldBe(9);
        (await app.Store.GetSessionAsync("acme", "s1", CancellationToken.None))!.PlannedTo.ShouldBe(9);
    }

    [Fact]
    public async Task AdvanceDistilled_LaterPipelineFirst_LeavesTheEarlierUndistilled()
    {
        await using SessionsApp app = await SessionsApp.StartAsync();
        await app.AppendAsync("s1", LedgerBench.Turns(0, 5));
        await app.AppendAsync("s1", LedgerBench.Turns(5, 5));
        await app.WhenCaughtUpAsync("s1");
        IScopeActor writer = app.Actors.CreateActorProxy<IScopeActor>(new ActorId(Anna.ActorId), nameof(ScopeActor));
        (await writer.AdvanceDistilledAsync(new DistilledMark(Anna, "s1", new OrdinalRange(5, 10)))).ShouldBe(0);
        SessionRecord record = (await app.Store.GetSessionAsync("acme", "s1", CancellationToken.None))!;
        (record.DistilledTo, record.DistilledAhead!.ShouldHaveSingleItem()).ShouldBe((0L, new OrdinalRange(5, 10)));

        // What comes in between keeps it in mind.
        await app.AppendAsync("s1", LedgerBench.Turns(10, 1));
        await app.WhenCaughtUpAsync("s1");
        (await writer.AdvanceDistilledAsync(new DistilledMark(Anna, "s1", new OrdinalRange(0, 5)))).ShouldBe(10);
        record = (await app.Store.GetSessionAsync("acme", "s1", CancellationToken.None))!;
        (record.DistilledTo, record.DistilledAhead).ShouldBe((10L, null));
        (await writer.AdvanceDistilledAsync(new DistilledMark(new Scope("acme", "ben"), "s1", new OrdinalRange(0, 5)))).ShouldBeNull();
    }

    [Fact]
    public async Task Forget_WholeSession_IsWelcomeAgainUnderAnotherUser()
    {
        await using SessionsApp app = await SessionsApp.StartAsync();
        await app.AppendAsync("s1", LedgerBench.Turns(0, 5));
        await app.WhenCaughtUpAsync("s1");
        var erasing = new ErasureRecord { Key = ErasureKeys.Session("s1"), Scope = Anna, ReceiptId = "r1", RequestedAt = app.Clock.GetUtcNow() };
        ErasedTurn[] turns = [.. Enumerable.Range(0, 5).Select(i => new ErasedTurn("s1", $"t{i}", null))];
        IScopeActor writer = app.Actors.CreateActorProxy<IScopeActor>(new ActorId(Anna.ActorId), nameof(ScopeActor));
        await writer.EraseAsync(new ErasureStep(erasing, turns, [], [], false, app.Clock.GetUtcNow()));
        (await app.Windows.ForgetTurnsAsync("acme", "s1", [.. turns.Select(turn => turn.TurnId)], CancellationToken.None)).ShouldBe(5);
        await writer.EraseAsync(new ErasureStep(erasing, [], [], ["s1"], true, app.Clock.GetUtcNow()));
        (await app.Reader.GetAsync(new SessionKey("acme", "s1"), CancellationToken.None)).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);

        AppendResult result = (await app.AppendAsync("s1", [LedgerBench.Turn("t0"), LedgerBench.Turn("x")], "ben")).Value!;
        result.User.ShouldBe("ben");
        result.Turns.Select(turn => turn.Status).ShouldBe([TurnStatus.Erased, TurnStatus.Accepted]);
        (await app.Actors.Session("acme", "s1").ListTurnsAsync(new HeldTurnsQuery(0, 10, false))).Turns[0].Ordinal.ShouldBe(5);
    }

    [Fact]
    public async Task PlanTail_OnDemand_IsScheduled()
    {
        await using SessionsApp app = await SessionsApp.StartAsync();
        await app.AppendAsync("s1", LedgerBench.Turns(0, 2));
        PipelineRecord planned = (await app.Windows.PlanTailAsync("acme", "s1", CancellationToken.None))!;
        await app.WhenCaughtUpAsync("s1");
        app.Scheduler.Scheduled.Select(pipeline => pipeline.Id).ShouldBe([planned.Id]);
        (await app.Windows.PlanTailAsync("acme", "s1", CancellationToken.None)).ShouldBeNull();
    }
}

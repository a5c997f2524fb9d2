using Dapr.Actors;
using MemoryDapr.Forget;
using MemoryDapr.Sessions;
using MemoryDapr.Stores;
using MemoryDapr.Tests.Sessions;
using MemoryDapr.Types;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Forget;

public sealed class ForgettingTests
{
    private static readonly Scope Anna = new("acme", "anna");

    [Fact]
    public async Task Forget_OfASession_AnswersOneReceiptForEachOfItsLives()
    {
        await using SessionsApp app = await SessionsApp.StartAsync();
        await app.AppendAsync("s1", [Said(app, "t0", "zanzibar"), Said(app, "t1", "hello")]);
        await app.WhenCaughtUpAsync("s1");
        app.Clock.Advance(TimeSpan.FromSeconds(1));

        ErasureRecord receipt = await ForgetAsync(app, new ForgetRequest("acme", "s1", null, null));
        ErasureRecord again = await ForgetAsync(app, new ForgetRequest("acme", "s1", null, null));
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        Outcome<AppendResult> next = await app.AppendAsync("s1", [Said(app, "t0", "zanzibar"), Said(app, "t2", "back again")]);
        await app.WhenCaughtUpAsync("s1");
        ErasureRecord second = await ForgetAsync(app, new ForgetRequest("acme", "s1", null, null));

        receipt.Working.ShouldBe(2);
        receipt.Episodic.ShouldBe(2);
        receipt.CompletedAt.ShouldNotBeNull();
        again.ShouldBe(receipt);
        next.Value!.Turns.Select(turn => turn.Status).ShouldBe([TurnStatus.Erased, TurnStatus.Accepted]);
        second.ReceiptId.ShouldNotBe(receipt.ReceiptId);
        second.Episodic.ShouldBe(1);
        (await TextsAsync(app)).ShouldBeEmpty();
        (await app.Windows.FindAsync("acme", "s1", CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Forget_OfAUser_CoversTurnsThatAreNotIndexedYet()
    {
        await using SessionsApp app = await SessionsApp.StartAsync();
        await AppendUnindexedAsync(app, "s1", Said(app, "t0", "zanzibar"));
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        ErasureRecord first = await ForgetAsync(app, new ForgetRequest("acme", null, "anna", null));
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await AppendUnindexedAsync(app, "s2", Said(app, "t0", "zanzibar"));
        app.Clock.Advance(TimeSpan.FromSeconds(1));

        ErasureRecord second = await ForgetAsync(app, new ForgetRequest("acme", null, "anna", null));

        second.ReceiptId.ShouldBe(first.ReceiptId);
        foreach (string session in new[] { "s1", "s2" })
        {
            await app.Windows.CatchUpAsync("acme", session, CancellationToken.None);
            await SessionsApp.UntilAsync(async () => await app.Windows.FindAsync("acme", session, CancellationToken.None) is null);
        }

        (await TextsAsync(app)).ShouldBeEmpty();
        Outcome<AppendResult> retry = await app.AppendAsync("s1", [Said(app, "t0", "zanzibar")]);
        retry.Value!.Turns[0].Status.ShouldBe(TurnStatus.Erased);
    }

    [Fact]
    public async Task ResumeOpen_AfterACrash_ErasesWhatWasThereAndSparesWhatCameSince()
    {
        await using SessionsApp app = await SessionsApp.StartAsync();
        await app.AppendAsync("s1", [Said(app, "t0", "zanzibar")]);
        await app.WhenCaughtUpAsync("s1");
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await BeginAsync(app, new ErasureRecord { Key = "session:s1", Scope = Anna, ReceiptId = "r1", RequestedAt = app.Clock.GetUtcNow() });
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await app.AppendAsync("s1", [Said(app, "t1", "hello")]);
        await app.WhenCaughtUpAsync("s1");

        int open = await app.Services.GetRequiredService<IErasures>().ResumeOpenAsync(10, CancellationToken.None);

        open.ShouldBe(1);
        (await app.Store.GetErasureAsync("acme", "session:s1", CancellationToken.None))!.CompletedAt.ShouldNotBeNull();
        (await TextsAsync(app)).ShouldBe(["hello"]);
        (await app.Windows.FindAsync("acme", "s1", CancellationToken.None))!.TurnCount.ShouldBe(1);
        (await app.Windows.ListHeldTurnsAsync("acme", "s1", 0, CancellationToken.None)).Select(turn => turn.Id).ShouldBe(["t1"]);
    }

    [Fact]
    public async Task ResumeOpen_OfATurnThatTheStoreHasErased_TellsItsWindow()
    {
        await using SessionsApp app = await SessionsApp.StartAsync();
        await app.AppendAsync("s1", [Said(app, "t0", "zanzibar"), Said(app, "t1", "hello")]);
        await app.WhenCaughtUpAsync("s1");
        string id = ItemId.ForTurn(Anna, "s1", "t0");
        await BeginAsync(
            app,
            new ErasureRecord
            {
                Key = ErasureKeys.Item(id), Scope = Anna, ReceiptId = "r1", RequestedAt = app.Clock.GetUtcNow(), Turn = new TurnSource("s1", "t0"),
            },
            new ErasedTurn("s1", "t0", null));

        await app.Services.GetRequiredService<IErasures>().ResumeOpenAsync(10, CancellationToken.None);

        (await app.Windows.ListHeldTurnsAsync("acme", "s1", 0, CancellationToken.None)).Select(turn => turn.Id).ShouldBe(["t1"]);
        (await app.Store.GetErasureAsync("acme", ErasureKeys.Item(id), CancellationToken.None))!.Working.ShouldBe(1);
    }

    private static Turn Said(SessionsApp app, string id, string content) =>
        new() { Id = id, HasClientId = true, Role = TurnRole.User, Content = content, At = app.Clock.GetUtcNow() };

    private static async Task<ErasureRecord> ForgetAsync(SessionsApp app, ForgetRequest request) =>
        (await app.Services.GetRequiredService<Forgetting>().ForgetAsync(request, CancellationToken.None)).Value!;

    // As if the process had died between the actor's commit and the queue.
    private static Task<AppendAnswer> AppendUnindexedAsync(SessionsApp app, string sessionId, Turn turn) => app.Actors.Session("acme", sessionId).AppendAsync(
        new AppendCommand(new AppendRequest("acme", sessionId, "anna", [turn]), new SessionHistory(0, null, [])));

    private static Task<ErasureRecord> BeginAsync(SessionsApp app, ErasureRecord erasure, params ErasedTurn[] turns) =>
        app.Actors.CreateActorProxy<IScopeActor>(new ActorId(Anna.ActorId), nameof(ScopeActor))
            .EraseAsync(new ErasureStep(erasure, turns, [], [], Completes: false, erasure.RequestedAt));

    private static async Task<IReadOnlyList<string>> TextsAsync(SessionsApp app) =>
        [.. (await app.Store.ListItemsAsync(new ItemQuery { Scope = Anna }, CancellationToken.None)).Items.Select(item => item.Text)];
}

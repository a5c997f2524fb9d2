using System.Net;
using System.Text.Json;
using MemoryDapr.Conformance.Client;
using MemoryDapr.Conformance.Matrix;
using MemoryDapr.Conformance.Setup;
using Shouldly;

namespace MemoryDapr.Conformance.Scenarios;

public sealed class AppendScenarios(Deployment deployment) : Scenario(deployment)
{
    [Both]
    public async Task Append_NewTurns_AreAcceptedWithAnItemIdEach()
    {
        string session = NewName("s");

        JsonElement answer = await AppendAsync(session, NewName("u"), ["I live in Oslo.", "It is cold here."]);

        answer.Number("turnCount").ShouldBe(2);
        answer.List("turns").Select(turn => (turn.Text("id"), turn.Text("status"))).ShouldBe([("t0", "accepted"), ("t1", "accepted")]);
        answer.List("turns").Select(turn => turn.Text("itemId")).ShouldAllBe(id => id.Length > 0 && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-' || letter == '_'));
    }

    [Both]
    public async Task Append_SessionNamedInTheBody_IsTheSessionOfThePath()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendAsync(session, user, ["one"]);

        JsonElement answer = (await A.PostAsync("/memory/turns", new { sessionId = session, user, turns = new[] { Turn("t0", "one"), Turn("t1", "two") } })).Expect();

        answer.List("turns").Select(turn => turn.Text("status")).ShouldBe(["duplicate", "accepted"]);
        answer.Number("turnCount").ShouldBe(2);
    }

    [Both]
    public async Task Append_SameTurnsAgain_AreDuplicatesUnderTheSameItemIds()
    {
        string session = NewName("s");
        string user = NewName("u");
        JsonElement first = await AppendAsync(session, user, ["one", "two"]);

        JsonElement again = await AppendAsync(session, user, ["one", "two"]);

        again.List("turns").Select(turn => turn.Text("status")).ShouldBe(["duplicate", "duplicate"]);
        again.List("turns").Select(turn => turn.Text("itemId")).ShouldBe(first.List("turns").Select(turn => turn.Text("itemId")));
        again.Number("turnCount").ShouldBe(2);
    }

    [Both]
    public async Task Append_KnownIdWithOtherContent_ConflictsAndStoresNothingOfTheBatch()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendAsync(session, user, ["one"]);

        Answer answer = await A.PostAsync($"/memory/sessions/{session}/turns", new { user, turns = new[] { Turn("new", "fresh"), Turn("t0", "changed") } });

        answer.ExpectProblem(HttpStatusCode.Conflict, "turn-conflict");
        (await SessionAsync(session)).Number("turnCount").ShouldBe(1);
        (await A.GetAsync($"/memory/sessions/{session}/turns")).Expect().List("items").Select(turn => turn.Text("content")).ShouldBe(["one"]);
    }

    [Both]
    public async Task Append_SameIdempotencyKeyAgain_AppendsNothing()
    {
        string session = NewName("s");
        var body = new { user = NewName("u"), turns = new[] { new { role = "user", content = "No id." }, new { role = "user", content = "No id." } } };

        JsonElement first = (await A.PostAsync($"/memory/sessions/{session}/turns", body, ("Idempotency-Key", "key-1"))).Expect();
        JsonElement again = (await A.PostAsync($"/memory/sessions/{session}/turns", body, ("Idempotency-Key", "key-1"))).Expect();

        first.List("turns").Select(turn => turn.Text("status")).ShouldBe(["accepted", "accepted"]);
        again.List("turns").Select(turn => turn.Text("status")).ShouldBe(["duplicate", "duplicate"]);
        again.List("turns").Select(turn => turn.Text("id")).ShouldBe(first.List("turns").Select(turn => turn.Text("id")));
        again.Number("turnCount").ShouldBe(2);
    }

    [Both]
    public async Task Append_SameIdempotencyKeyWithOtherContent_Conflicts()
    {
        string session = NewName("s");
        await A.PostAsync($"/memory/sessions/{session}/turns", new { turns = new[] { new { role = "user", content = "One." } } }, ("Idempotency-Key", "key-1"));

        Answer answer = await A.PostAsync(
            $"/memory/sessions/{session}/turns", new { turns = new[] { new { role = "user", content = "Two." } } }, ("Idempotency-Key", "key-1"));

        answer.ExpectProblem(HttpStatusCode.Conflict, "turn-conflict");
    }

    [Both]
    public async Task Append_WithoutIdsAndKey_IsNewEveryTime()
    {
        string session = NewName("s");
        var body = new { user = NewName("u"), turns = new[] { new { role = "user", content = "Again." } } };

        await A.PostAsync($"/memory/sessions/{session}/turns", body);
        JsonElement again = (await A.PostAsync($"/memory/sessions/{session}/turns", body)).Expect();

        again.List("turns").Select(turn => turn.Text("status")).ShouldBe(["accepted"]);
        again.Number("turnCount").ShouldBe(2);
    }

    [Both]
    public async Task Append_NoUserNamed_IsTheUserDefaultsAndThenTheOwners()
    {
        string session = NewName("s");
        string owned = NewName("s");
        string owner = NewName("u");
        await AppendAsync(owned, owner, ["one"]);

        await A.PostAsync($"/memory/sessions/{session}/turns", new { turns = new[] { Turn("t0", "one") } });
        await A.PostAsync($"/memory/sessions/{owned}/turns", new { turns = new[] { Turn("t1", "two") } });

        (await SessionAsync(session)).Text("user").ShouldBe("default");
        JsonElement seen = await SessionAsync(owned);
        seen.Text("user").ShouldBe(owner);
        seen.Number("turnCount").ShouldBe(2);
    }

    [Both]
    public async Task Append_ByAnotherUser_ConflictsWithTheOwner()
    {
        string session = NewName("s");
        await AppendAsync(session, NewName("u"), ["one"]);

        Answer answer = await A.PostAsync($"/memory/sessions/{session}/turns", new { user = NewName("u"), turns = new[] { Turn("t1", "two") } });

        answer.ExpectProblem(HttpStatusCode.Conflict, "session-owner");
        (await SessionAsync(session)).Number("turnCount").ShouldBe(1);
    }

    [Both]
    public async Task Append_SessionIdOfAnotherTenant_IsAnotherSession()
    {
        string session = NewName("s");
        await AppendAsync(session, NewName("u"), ["one"]);

        JsonElement answer = (await B.PostAsync($"/memory/sessions/{session}/turns", new { user = NewName("u"), turns = new[] { Turn("t0", "of B") } })).Expect();

        answer.List("turns").Select(turn => turn.Text("status")).ShouldBe(["accepted"]);
        answer.Number("turnCount").ShouldBe(1);
        (await A.GetAsync($"/memory/sessions/{session}/turns")).Expect().List("items").Select(turn => turn.Text("content")).ShouldBe(["one"]);
    }

    [Both]
    public async Task Append_HundredTurnsAtOnce_AreAllThere()
    {
        string session = NewName("s");

        JsonElement answer = await AppendAsync(session, NewName("u"), Enumerable.Range(0, 100).Select(number => $"Number {number}."));

        answer.Number("turnCount").ShouldBe(100);
        (await A.GetAsync($"/memory/sessions/{session}/turns?limit=100")).Expect().List("items").Select(turn => turn.Text("content"))
            .ShouldBe(Enumerable.Range(0, 100).Select(number => $"Number {number}."));
    }

    [Both]
    public async Task Append_SameRequestTwentyTimesAtOnce_StoresEachTurnOnce()
    {
        string session = NewName("s");
        string user = NewName("u");

        JsonElement[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AppendAsync(session, user, ["one", "two", "three"])));

        answers.SelectMany(answer => answer.List("turns")).Count(turn => turn.Text("status") == "accepted").ShouldBe(3);
        (await SessionAsync(session)).Number("turnCount").ShouldBe(3);
    }

    [Both]
    public async Task Append_FromManyClientsAtOnce_GivesEachTurnAnOrdinalOfItsOwn()
    {
        string session = NewName("s");
        string user = NewName("u");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => AppendAsync(session, user, [$"Number {number}."], from: number)));

        IReadOnlyList<JsonElement> turns = (await A.GetAsync($"/memory/sessions/{session}/turns")).Expect().List("items");
        turns.Select(turn => turn.Number("ordinal")).ShouldBe(Enumerable.Range(0, 20).Select(number => (double)number));
        turns.Select(turn => turn.Text("id")).Distinct().Count().ShouldBe(20);
    }

    [Both]
    public async Task Append_FifthTurn_NamesThePipelineThatDistilsThem()
    {
        string session = NewName("s");
        string user = NewName("u");
        JsonElement fourth = await AppendAsync(session, user, ["a b", "c d", "e f", "g h"]);

        JsonElement fifth = await AppendAsync(session, user, ["i j"], from: 4);

        fourth.Has("pipelineId").ShouldBeFalse();
        (await A.GetAsync($"/memory/pipelines/{fifth.Text("pipelineId")}")).Expect().Text("status").ShouldBeOneOf("queued", "running", "succeeded");
        JsonElement pipeline = await PipelineAsync(fifth.Text("pipelineId"), "succeeded");
        pipeline.Text("sessionId").ShouldBe(session);
        (await SessionAsync(session)).Number("distilledTo").ShouldBe(5);
    }

    [Both]
    public async Task Append_WithAndWithoutATime_KeepsTheOneAndTakesArrivalForTheOther()
    {
        string session = NewName("s");
        DateTimeOffset before = TimeProvider.System.GetUtcNow().AddMinutes(-5);
        object late = Turn("old", "Said long ago.", at: "2020-05-01T10:00:00+02:00");

        await A.PostAsync($"/memory/sessions/{session}/turns", new { turns = new[] { Turn("now", "Said now."), late } });

        IReadOnlyList<JsonElement> turns = (await A.GetAsync($"/memory/sessions/{session}/turns")).Expect().List("items");
        turns.Select(turn => turn.Text("id")).ShouldBe(["now", "old"], "The order is that of arrival.");
        turns[0].Time("at").ShouldBeGreaterThan(before);
        turns[1].Time("at").ShouldBe(new DateTimeOffset(2020, 5, 1, 8, 0, 0, TimeSpan.Zero));
    }
}

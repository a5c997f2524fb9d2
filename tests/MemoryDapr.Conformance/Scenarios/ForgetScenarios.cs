using System.Net;
using System.Text.Json;
using MemoryDapr.Conformance.Client;
using MemoryDapr.Conformance.Matrix;
using MemoryDapr.Conformance.Setup;
using Shouldly;

namespace MemoryDapr.Conformance.Scenarios;

public sealed class ForgetScenarios(Deployment deployment) : Scenario(deployment)
{
    [Both]
    public async Task Forget_Session_IsGoneEverywhereWithAReceipt()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendIndexedAsync(session, user, "My locker code is nightingale.", "My shelf is the third.");
        await DistilAsync(session);

        JsonElement receipt = (await A.DeleteAsync($"/memory/sessions/{session}")).Expect();

        receipt.Text("erased").ShouldBe($"session:{session}");
        receipt.Time("completedAt").ShouldBeGreaterThanOrEqualTo(receipt.Time("requestedAt"));
        receipt.Get("counts").Number("working").ShouldBe(2);
        receipt.Get("counts").Number("episodic").ShouldBeGreaterThanOrEqualTo(3);
        receipt.Number("rebuilt").ShouldBe(0);
        (await A.GetAsync($"/memory/sessions/{session}")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await A.GetAsync($"/memory/sessions/{session}/turns")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await FindAsync(user, "locker code nightingale")).ShouldBeEmpty();
        (await ItemsAsync(user)).ShouldBeEmpty();
        (await A.GetAsync($"/memory/export?user={user}")).Text.ShouldNotContain("nightingale");
    }

    [Both]
    public async Task Forget_SessionAgain_IsTheSameReceipt()
    {
        string session = NewName("s");
        await AppendIndexedAsync(session, NewName("u"), "one");

        JsonElement first = (await A.DeleteAsync($"/memory/sessions/{session}")).Expect();
        JsonElement again = (await A.DeleteAsync($"/memory/sessions/{session}")).Expect();

        again.GetRawText().ShouldBe(first.GetRawText());
    }

    [Both]
    public async Task Forget_TurnThatComesAgain_StaysErased()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendIndexedAsync(session, user, "My locker code is nightingale.");
        await A.DeleteAsync($"/memory/sessions/{session}");

        JsonElement late = await AppendAsync(session, user, ["My locker code is nightingale."]);

        late.List("turns").Select(turn => turn.Text("status")).ShouldBe(["erased"]);
        (await FindAsync(user, "locker code")).ShouldBeEmpty();
    }

    [Both]
    public async Task Forget_TurnsRepeatedUnderTheirKey_StayErased()
    {
        string session = NewName("s");
        var body = new { user = NewName("u"), turns = new[] { new { role = "user", content = "My locker code is nightingale." } } };
        await A.PostAsync($"/memory/sessions/{session}/turns", body, ("Idempotency-Key", "k"));
        await IndexedAsync(session);
        await A.DeleteAsync($"/memory/sessions/{session}");

        JsonElement late = (await A.PostAsync($"/memory/sessions/{session}/turns", body, ("Idempotency-Key", "k"))).Expect();

        late.List("turns").Select(turn => turn.Text("status")).ShouldBe(["erased"]);
    }

    [Both]
    public async Task Forget_NewTurnsUnderTheSameSession_AreWelcome()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendIndexedAsync(session, user, "Old words.");
        await A.DeleteAsync($"/memory/sessions/{session}");

        JsonElement answer = await AppendAsync(session, user, ["New words."], from: 1);

        answer.List("turns").Select(turn => turn.Text("status")).ShouldBe(["accepted"]);
        answer.Number("turnCount").ShouldBe(1);
        // How far it is indexed is told in ordinals, which go on where the erased turns ended: the count alone does not say it.
        (await Eventually.SeeAsync("It is found", () => FindAsync(user, "words"), found => found.Count > 0)).ShouldBe(["New words."]);
    }

    [Both]
    public async Task Forget_TurnsNotIndexedYet_AreGoneToo()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendAsync(session, user, Enumerable.Range(0, 50).Select(number => $"Secret number {number}."));

        (await A.DeleteAsync($"/memory/sessions/{session}")).Expect();

        (await FindAsync(user, "secret number")).ShouldBeEmpty();
        (await AppendAsync(session, user, ["Secret number 0."])).List("turns")[0].Text("status").ShouldBe("erased");
        (await ItemsAsync(user)).ShouldBeEmpty();
    }

    [Both]
    public async Task Forget_WhileItIsDistilled_LeavesNothingBehind()
    {
        string session = NewName("s");
        string user = NewName("u");
        string pipeline = (await AppendAsync(session, user, Enumerable.Range(0, 10).Select(number => $"Secret number {number}."))).Text("pipelineId");

        (await A.DeleteAsync($"/memory/sessions/{session}")).Expect();

        await Eventually.SeeAsync(
            "The pipeline ends or never was",
            () => A.GetAsync($"/memory/pipelines/{pipeline}"),
            answer => answer.Status == HttpStatusCode.NotFound || answer.Json.Text("status") is "succeeded" or "cancelled");
        (await ItemsAsync(user)).ShouldBeEmpty();
        (await FindAsync(user, "secret number")).ShouldBeEmpty();
    }

    [Both]
    public async Task Forget_Item_IsGoneAndWhatOthersSupportIsRebuilt()
    {
        string session = NewName("s");
        string user = NewName("u");
        JsonElement appended = await AppendAsync(session, user, ["My locker code is nightingale.", "The train to Bergen leaves at noon."]);
        await DistilAsync(session);

        JsonElement receipt = (await A.DeleteAsync($"/memory/items/{appended.List("turns")[0].Text("itemId")}")).Expect();

        receipt.Number("rebuilt").ShouldBeGreaterThanOrEqualTo(1);
        IReadOnlyList<JsonElement> left = await ItemsAsync(user);
        left.ShouldNotBeEmpty();
        left.ShouldAllBe(item => !item.GetRawText().Contains("nightingale", StringComparison.Ordinal));
        left.SelectMany(item => item.Texts("turnIds")).Distinct().ShouldBe(["t1"]);
        (await SessionAsync(session)).List("window").Select(turn => turn.Text("id")).ShouldBe(["t1"]);
        (await AppendAsync(session, user, ["My locker code is nightingale."])).List("turns")[0].Text("status").ShouldBe("erased");
    }

    [Both]
    public async Task Forget_Document_IsGone()
    {
        string user = NewName("u");
        string id = (await StoreAsync(user, new { id = "a", text = "My locker code is nightingale." })).Single();

        JsonElement receipt = (await A.DeleteAsync($"/memory/items/{id}")).Expect();

        receipt.Text("erased").ShouldBe($"item:{id}");
        receipt.Get("counts").Number("semantic").ShouldBe(1);
        (await A.GetAsync($"/memory/items/{id}")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await A.DeleteAsync($"/memory/items/{id}")).Expect().Text("receiptId").ShouldBe(receipt.Text("receiptId"));
        (await FindAsync(user, "locker code")).ShouldBeEmpty();
    }

    [Both]
    public async Task Forget_User_IsGoneInAllSessions()
    {
        string user = NewName("u");
        string[] sessions = [NewName("s"), NewName("s")];
        foreach (string session in sessions)
        {
            await AppendIndexedAsync(session, user, "My locker code is nightingale.");
        }

        await StoreAsync(user, new { text = "The locker's spare code is blackbird." });

        JsonElement receipt = (await A.DeleteAsync($"/memory/users/{user}")).Expect();

        receipt.Text("erased").ShouldBe($"user:{user}");
        receipt.Get("counts").Number("semantic").ShouldBe(1);
        (await ItemsAsync(user)).ShouldBeEmpty();
        (await A.GetAsync($"/memory/sessions?user={user}")).Expect().List("items").ShouldBeEmpty();
        foreach (string session in sessions)
        {
            (await A.GetAsync($"/memory/sessions/{session}")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
            (await AppendAsync(session, user, ["My locker code is nightingale."])).List("turns")[0].Text("status").ShouldBe("erased");
        }
    }

    [Both]
    public async Task Forget_UserAgain_IsTheSameReceiptAndNewTurnsAreWelcome()
    {
        string user = NewName("u");
        await AppendIndexedAsync(NewName("s"), user, "one");
        JsonElement first = (await A.DeleteAsync($"/memory/users/{user}")).Expect();

        JsonElement again = (await A.DeleteAsync($"/memory/users/{user}")).Expect();
        await AppendIndexedAsync(NewName("s"), user, "A new beginning.");

        again.Text("receiptId").ShouldBe(first.Text("receiptId"));
        (await FindAsync(user, "beginning")).ShouldBe(["A new beginning."]);
    }

    [Both]
    public async Task Forget_AnotherUsersMemory_IsLeftAlone()
    {
        string user = NewName("u");
        string other = NewName("u");
        await AppendIndexedAsync(NewName("s"), user, "The attic has a round window.");
        await AppendIndexedAsync(NewName("s"), other, "The attic has a round window.");

        await A.DeleteAsync($"/memory/users/{user}");
        await B.DeleteAsync($"/memory/users/{other}");

        (await FindAsync(other, "round window")).ShouldBe(["The attic has a round window."]);
    }

    [Both]
    public async Task Forget_ImportedAgain_StaysErased()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendIndexedAsync(session, user, "My locker code is nightingale.");
        string exported = (await A.GetAsync($"/memory/export?user={user}")).Text;
        string items = (await A.GetAsync($"/memory/export?user={user}&cursor=i")).Text;
        await A.DeleteAsync($"/memory/sessions/{session}");

        JsonElement imported = (await A.PostTextAsync($"/memory/import?user={user}", exported + items, "application/x-ndjson")).Expect();

        imported.Number("erased").ShouldBe(1);
        imported.Number("stored").ShouldBe(0);
        (await FindAsync(user, "locker code")).ShouldBeEmpty();
    }

    [Both]
    public async Task Forget_CitedAfterwards_ComesBackNowhere()
    {
        string user = NewName("u");
        string id = (await StoreAsync(user, new { id = "a", text = "My locker code is nightingale." })).Single();
        string other = (await StoreAsync(user, new { id = "b", text = "Something else." })).Single();
        await A.DeleteAsync($"/memory/items/{id}");

        (await A.PostAsync("/memory/citations", new { memoryIds = new[] { id, other }, answerId = "a1", verdict = "used" })).Expect(HttpStatusCode.Accepted);

        await Eventually.SeeAsync("The other is counted", () => ItemAsync(other), item => item.Number("salience") > 0.55);
        (await A.GetAsync($"/memory/items/{id}")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Both]
    public async Task Forget_IdOutOfForm_IsRefused()
    {
        (await A.DeleteAsync("/memory/sessions/a.b")).ExpectProblem(HttpStatusCode.BadRequest, "validation", ("/sessionId", "id"));
        (await A.DeleteAsync("/memory/users/a.b")).ExpectProblem(HttpStatusCode.BadRequest, "validation", ("/user", "id"));
        (await A.DeleteAsync("/memory/items/a.b")).ExpectProblem(HttpStatusCode.BadRequest, "validation", ("/id", "itemId"));
    }
}

using System.Net;
using System.Text.Json;
using MemoryDapr.Conformance.Client;
using MemoryDapr.Conformance.Matrix;
using MemoryDapr.Conformance.Setup;
using Shouldly;

namespace MemoryDapr.Conformance.Scenarios;

public sealed class SessionScenarios(Deployment deployment) : Scenario(deployment)
{
    [Both]
    public async Task Session_AfterManyTurns_ShowsItsNewestTenInOrder()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendAsync(session, user, Enumerable.Range(0, 12).Select(number => $"Number {number}."));

        JsonElement seen = await SessionAsync(session);

        seen.Text("sessionId").ShouldBe(session);
        seen.Text("user").ShouldBe(user);
        seen.Number("turnCount").ShouldBe(12);
        seen.List("window").Select(turn => turn.Text("content")).ShouldBe(Enumerable.Range(2, 10).Select(number => $"Number {number}."));
        seen.Time("expiresAt").ShouldBeGreaterThan(seen.Time("lastActiveAt"));
    }

    [Both]
    public async Task Session_ItsTurns_ArePagedCompletelyAndInOrder()
    {
        string session = NewName("s");
        await AppendAsync(session, NewName("u"), Enumerable.Range(0, 25).Select(number => $"Number {number}."));

        List<string> contents = [];
        string? cursor = null;
        do
        {
            JsonElement page = (await A.GetAsync($"/memory/sessions/{session}/turns?limit=10" + (cursor is null ? "" : $"&cursor={cursor}"))).Expect();
            page.List("items").Count.ShouldBeLessThanOrEqualTo(10);
            contents.AddRange(page.List("items").Select(turn => turn.Text("content")));
            cursor = page.TextOrNull("nextCursor");
        }
        while (cursor is not null);

        contents.ShouldBe(Enumerable.Range(0, 25).Select(number => $"Number {number}."));
    }

    [Both]
    public async Task Session_ATurn_ComesBackAsItWasPosted()
    {
        string session = NewName("s");
        object turn = Turn("m-1:a.b", "  Zoë said: \"\u65e5\u672c\" \U0001F436\n", "tool", "Zoë", "2026-03-01T09:30:00.123Z", new { text = "x", number = 1.5, flag = true });
        await A.PostAsync($"/memory/sessions/{session}/turns", new { turns = new[] { turn } });

        JsonElement seen = (await A.GetAsync($"/memory/sessions/{session}/turns")).Expect().List("items").Single();

        seen.Text("id").ShouldBe("m-1:a.b");
        seen.Text("content").ShouldBe("  Zoë said: \"\u65e5\u672c\" \U0001F436\n");
        seen.Text("role").ShouldBe("tool");
        seen.Text("speaker").ShouldBe("Zoë");
        seen.Time("at").ShouldBe(new DateTimeOffset(2026, 3, 1, 9, 30, 0, 123, TimeSpan.Zero));
        seen.Get("metadata").Text("text").ShouldBe("x");
        seen.Get("metadata").Number("number").ShouldBe(1.5);
        seen.Get("metadata").Flag("flag").ShouldBeTrue();
    }

    [Both]
    public async Task Session_Unknown_IsNotFound()
    {
        (await A.GetAsync($"/memory/sessions/{NewName("s")}")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await A.GetAsync($"/memory/sessions/{NewName("s")}/turns")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await A.DeleteAsync($"/memory/sessions/{NewName("s")}")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Both]
    public async Task Session_OfAnotherTenant_LooksAsIfItWereNot()
    {
        string session = NewName("s");
        await AppendIndexedAsync(session, NewName("u"), "one");

        foreach (Answer answer in new[]
        {
            await B.GetAsync($"/memory/sessions/{session}"),
            await B.GetAsync($"/memory/sessions/{session}/turns"),
            await B.DeleteAsync($"/memory/sessions/{session}"),
            await B.PostAsync("/memory/distill", new { sessionId = session }),
        })
        {
            answer.ExpectProblem(HttpStatusCode.NotFound, "not-found");
        }

        Shape(await B.GetAsync($"/memory/sessions/{session}"), session).ShouldBe(Shape(await B.GetAsync($"/memory/sessions/{session}-not"), $"{session}-not"));
        (await SessionAsync(session)).Number("turnCount").ShouldBe(1);
    }

    [Both]
    public async Task Sessions_OfAUser_AreListedNewestFirstAndPaged()
    {
        string user = NewName("u");
        string[] sessions = [NewName("s"), NewName("s"), NewName("s")];
        foreach (string session in sessions)
        {
            await AppendIndexedAsync(session, user, "one");
        }

        JsonElement first = (await A.GetAsync($"/memory/sessions?user={user}&limit=2")).Expect();
        JsonElement second = (await A.GetAsync($"/memory/sessions?user={user}&limit=2&cursor={first.Text("nextCursor")}")).Expect();

        first.List("items").Concat(second.List("items")).Select(session => session.Text("sessionId")).ShouldBe(sessions.Reverse());
        second.Has("nextCursor").ShouldBeFalse();
    }

    [Both]
    public async Task Sessions_OfAnotherTenantOrUser_AreNotListed()
    {
        string user = NewName("u");
        await AppendIndexedAsync(NewName("s"), user, "one");

        (await B.GetAsync($"/memory/sessions?user={user}")).Expect().List("items").ShouldBeEmpty();
        (await A.GetAsync($"/memory/sessions?user={NewName("u")}")).Expect().List("items").ShouldBeEmpty();
    }

    [Both]
    public async Task Turns_CursorOfNoList_IsRefused()
    {
        string session = NewName("s");
        await AppendAsync(session, NewName("u"), ["one"]);

        (await A.GetAsync($"/memory/sessions/{session}/turns?cursor=none")).ExpectProblem(HttpStatusCode.UnprocessableEntity, "unprocessable");
    }

    [Both]
    public async Task Sessions_NoUserNamed_AreTheUserDefaultsAlone()
    {
        await AppendIndexedAsync(NewName("s"), NewName("u"), "one");
        string mine = NewName("s");
        await AppendIndexedAsync(mine, "default", "one");

        IReadOnlyList<JsonElement> listed = (await A.GetAsync("/memory/sessions?limit=100")).Expect().List("items");
        listed.Select(session => session.Text("sessionId")).ShouldContain(mine);
        listed.ShouldAllBe(session => session.Text("user") == "default");
    }

    [Both]
    public async Task Items_NoUserNamed_AreTheUserDefaultsAlone()
    {
        string user = NewName("u");
        await StoreAsync(user, new { id = user, text = "Of somebody." });
        string mark = NewName("mark");
        string mine = (await A.PostAsync("/memory/documents", new { documents = new[] { new { id = mark, text = $"Of nobody in particular: {mark}." } } })).Expect().List("documents")[0].Text("itemId");

        (await ItemAsync(mine)).Text("user").ShouldBe("default");
        (await A.GetAsync("/memory/items?limit=100")).Expect().List("items").ShouldAllBe(item => item.Text("user") == "default");
        (await RecallAsync(new { query = $"Of somebody or nobody in particular: {mark}" })).List("items").ShouldNotContain(item => item.Text("text") == "Of somebody.");
    }

    [Both]
    public async Task Sessions_BrokenParameters_AreToldAllAtOnce() =>
        (await A.GetAsync("/memory/sessions?user=a%20b&limit=101&cursor=%3F&order=up")).ExpectProblem(
            HttpStatusCode.BadRequest, "validation", ("/user", "id"), ("/limit", "range"), ("/cursor", "cursor"), ("/order", "unknown"));

    [Both]
    public async Task Sessions_LimitOutOfRange_IsRefused()
    {
        foreach (string limit in new[] { "0", "-1", "101", "1.5", "ten", "" })
        {
            (await A.GetAsync($"/memory/sessions?limit={limit}")).ExpectProblem(HttpStatusCode.BadRequest, "validation", ("/limit", "range"));
        }
    }

    // What differs between two answers must not be more than the id that each names.
    private static string Shape(Answer answer, string id) => $"{(int)answer.Status} {answer.Text.Replace(id, "ID", StringComparison.Ordinal)}";
}

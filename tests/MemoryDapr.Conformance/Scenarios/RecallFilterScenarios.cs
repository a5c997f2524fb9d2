using System.Net;
using System.Text.Json;
using MemoryDapr.Conformance.Client;
using MemoryDapr.Conformance.Matrix;
using MemoryDapr.Conformance.Setup;
using Shouldly;

namespace MemoryDapr.Conformance.Scenarios;

public sealed class RecallFilterScenarios(Deployment deployment) : Scenario(deployment)
{
    [Both]
    public async Task Filter_ByKindAndTier_IsOfThoseAlone()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendIndexedAsync(session, user, [.. Enumerable.Range(0, 5).Select(number => $"The lighthouse keeper number {number} is called Ada.")]);
        await DistilAsync(session);
        await StoreAsync(user, new { text = "The lighthouse was built in 1890." });

        foreach (string kind in new[] { "turn", "episode", "document" })
        {
            IReadOnlyList<JsonElement> items = await ItemsOfAsync(new { query = "the lighthouse", user, kinds = new[] { kind } });
            items.ShouldNotBeEmpty(kind);
            items.ShouldAllBe(item => item.Text("kind") == kind);
        }

        (await ItemsOfAsync(new { query = "the lighthouse", user, tiers = new[] { "semantic" } })).ShouldAllBe(item => item.Text("tier") == "semantic");
        (await ItemsOfAsync(new { query = "the lighthouse", user, tiers = new[] { "episodic" } })).ShouldAllBe(item => item.Text("tier") == "episodic");
        (await ItemsOfAsync(new { query = "the lighthouse", user, sessionId = session, tiers = new[] { "working" } })).Select(item => item.Text("tier")).Distinct().ShouldBe(["working"]);
    }

    [Both]
    public async Task Filter_BySessions_IsOfThoseAlone()
    {
        string user = NewName("u");
        string[] sessions = [NewName("s"), NewName("s"), NewName("s")];
        foreach (string session in sessions)
        {
            await AppendIndexedAsync(session, user, "The harbour has a blue crane.");
        }

        IReadOnlyList<JsonElement> items = await ItemsOfAsync(new { query = "blue crane", user, sessionIds = sessions.Take(2) });

        items.Select(item => item.Text("sessionId")).ShouldBe(sessions.Take(2), ignoreOrder: true);
    }

    [Both]
    public async Task Filter_ByTime_HasItsBeginningAndNotItsEnd()
    {
        string user = NewName("u");
        object[] turns = [.. Enumerable.Range(1, 4).Select(day => Turn($"t{day}", $"Logbook of day {day}: calm sea.", at: $"2026-03-0{day}T12:00:00Z"))];
        string session = NewName("s");
        await A.PostAsync($"/memory/sessions/{session}/turns", new { user, turns });
        await IndexedAsync(session);

        IReadOnlyList<JsonElement> items = await ItemsOfAsync(
            new { query = "logbook calm sea", user, kinds = new[] { "turn" }, since = "2026-03-02T12:00:00Z", until = "2026-03-04T13:00:00+01:00" });

        items.SelectMany(item => item.Texts("turnIds")).ShouldBe(["t2", "t3"], ignoreOrder: true);
    }

    [Both]
    public async Task Filter_ByMetadata_WantsAllOfIt()
    {
        string user = NewName("u");
        await StoreAsync(
            user,
            new { id = "a", text = "Manual of the pump.", metadata = new { team = "red", floor = 1, open = true } },
            new { id = "b", text = "Manual of the pump.", metadata = new { team = "red", floor = 2, open = true } },
            new { id = "c", text = "Manual of the pump.", metadata = new { team = "blue", floor = 1, open = false } });

        (await CountAsync(new { team = "red" })).ShouldBe(2);
        (await CountAsync(new { team = "red", floor = 1 })).ShouldBe(1);
        (await CountAsync(new { open = false })).ShouldBe(1);
        (await CountAsync(new { team = "red", missing = "x" })).ShouldBe(0);
        (await CountAsync(new { floor = "1" })).ShouldBe(0, "A text is no number.");

        async Task<int> CountAsync(object metadata) => (await ItemsOfAsync(new { query = "manual of the pump", user, metadata })).Count;
    }

    [Both]
    public async Task Filter_AsOf_IsWhatWasValidThen()
    {
        string user = NewName("u");
        await StoreAsync(
            user,
            new { id = "old", text = "The office key code is alpha.", at = "2024-01-01T00:00:00Z", validFrom = "2024-01-01T00:00:00Z", validTo = "2025-01-01T00:00:00Z" },
            new { id = "new", text = "The office key code is omega.", at = "2024-12-01T00:00:00Z", validFrom = "2025-01-01T00:00:00Z" });

        (await TextsAsync("2024-06-01T00:00:00Z")).ShouldBe(["The office key code is alpha."]);
        (await TextsAsync("2025-06-01T00:00:00Z")).ShouldBe(["The office key code is omega."]);

        async Task<IEnumerable<string>> TextsAsync(string asOf) =>
            (await ItemsOfAsync(new { query = "office key code", user, asOf })).Select(item => item.Text("text"));
    }

    [Both]
    public async Task Filter_ThatNothingPasses_LeavesNothing()
    {
        string user = NewName("u");
        await AppendIndexedAsync(NewName("s"), user, "The harbour has a blue crane.");

        (await ItemsOfAsync(new { query = "blue crane", user, kinds = new[] { "fact" } })).ShouldBeEmpty();
        (await ItemsOfAsync(new { query = "blue crane", user, until = "2001-01-01T00:00:00Z" })).ShouldBeEmpty();
    }

    [Both]
    public async Task Recall_ManyBrokenRules_ToldAllAtOnce() =>
        (await A.PostTextAsync("/memory/recall", """
            {"query":" ","user":"a b","sessionId":"","sessionIds":[],"k":0,"kinds":["rumour"],"tiers":[],"since":"2026-01-02T00:00:00Z",
             "until":"2026-01-01T00:00:00Z","metadata":{"a-b":1},"maxTokens":0,"explain":"yes","mode":"fast"}
            """)).ExpectProblem(
            HttpStatusCode.BadRequest,
            "validation",
            ("/query", "blank"),
            ("/user", "id"),
            ("/sessionId", "id"),
            ("/sessionIds", "count"),
            ("/k", "range"),
            ("/kinds/0", "enum"),
            ("/tiers", "count"),
            ("/until", "order"),
            ("/metadata/a-b", "metadataKey"),
            ("/maxTokens", "range"),
            ("/explain", "type"),
            ("/mode", "unknown"));

    [Both]
    public async Task Recall_QueryAtTheLimit_PassesAndOneMoreDoesNot()
    {
        string user = NewName("u");

        (await A.PostAsync("/memory/recall", new { query = new string('q', 10_000), user, k = 100 })).Expect();

        (await A.PostAsync("/memory/recall", new { query = new string('q', 10_001), user, k = 101 }))
            .ExpectProblem(HttpStatusCode.BadRequest, "validation", ("/query", "length"), ("/k", "range"));
        (await A.PostTextAsync("/memory/recall", "{}")).ExpectProblem(HttpStatusCode.BadRequest, "validation", ("/query", "required"));
    }

    private async Task<IReadOnlyList<JsonElement>> ItemsOfAsync(object request) => (await RecallAsync(request)).List("items");
}

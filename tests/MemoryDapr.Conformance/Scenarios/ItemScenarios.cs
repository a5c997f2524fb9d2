using System.Net;
using System.Text.Json;
using MemoryDapr.Conformance.Client;
using MemoryDapr.Conformance.Matrix;
using MemoryDapr.Conformance.Setup;
using Shouldly;

namespace MemoryDapr.Conformance.Scenarios;

public sealed class ItemScenarios(Deployment deployment) : Scenario(deployment)
{
    private const string Nobodys = "d-0123456789abcdef0123-0123456789abcdef01234567";

    [Both]
    public async Task Items_OfAUser_ArePagedCompletely()
    {
        string user = NewName("u");
        IReadOnlyList<string> stored = await StoreAsync(user, [.. Enumerable.Range(0, 7).Select(number => (object)new { id = $"d{number}", text = $"Page {number}." })]);

        List<string> listed = [];
        string? cursor = null;
        do
        {
            JsonElement page = (await A.GetAsync($"/memory/items?user={user}&limit=3" + (cursor is null ? "" : $"&cursor={cursor}"))).Expect();
            page.List("items").Count.ShouldBeLessThanOrEqualTo(3);
            listed.AddRange(page.List("items").Select(item => item.Text("id")));
            cursor = page.TextOrNull("nextCursor");
        }
        while (cursor is not null);

        listed.ShouldBe(stored, ignoreOrder: true);
    }

    [Both]
    public async Task Items_ByKindAndSession_AreThoseAlone()
    {
        string user = NewName("u");
        string session = NewName("s");
        await AppendIndexedAsync(session, user, "one");
        await AppendIndexedAsync(NewName("s"), user, "two");
        await StoreAsync(user, new { text = "three" });

        (await ItemsAsync(user, "document")).Select(item => item.Text("text")).ShouldBe(["three"]);
        (await ItemsAsync(user, "turn")).Select(item => item.Text("text")).ShouldBe(["one", "two"], ignoreOrder: true);
        (await A.GetAsync($"/memory/items?user={user}&sessionId={session}")).Expect().List("items").Select(item => item.Text("text")).ShouldBe(["one"]);
    }

    [Both]
    public async Task Items_OfAnotherTenantOrUser_AreNotListed()
    {
        string user = NewName("u");
        await StoreAsync(user, new { text = "Mine." });

        (await B.GetAsync($"/memory/items?user={user}")).Expect().List("items").ShouldBeEmpty();
        (await ItemsAsync(NewName("u"))).ShouldBeEmpty();
    }

    [Both]
    public async Task Items_BrokenParameters_AreToldAllAtOnce() =>
        (await A.GetAsync("/memory/items?user=a%20b&kind=rumour,turn&sessionId=.&limit=1000&sort=x")).ExpectProblem(
            HttpStatusCode.BadRequest, "validation", ("/user", "id"), ("/kind", "enum"), ("/sessionId", "id"), ("/limit", "range"), ("/sort", "unknown"));

    [Both]
    public async Task Item_One_IsShownWithItsTag()
    {
        string user = NewName("u");
        string id = (await StoreAsync(user, new { title = "House rules", text = "No smoking." })).Single();

        Answer answer = await A.GetAsync($"/memory/items/{id}");

        JsonElement item = answer.Expect();
        answer.Headers["ETag"].ShouldBe("\"1\"");
        item.Text("user").ShouldBe(user);
        item.Text("title").ShouldBe("House rules");
        item.Number("version").ShouldBe(1);
        item.Flag("pinned").ShouldBeFalse();
    }

    [Both]
    public async Task Item_TurnToBeRewritten_IsNotPossible()
    {
        string session = NewName("s");
        JsonElement appended = await AppendAsync(session, NewName("u"), ["The gate closes at nine."]);
        await IndexedAsync(session);
        string turn = appended.List("turns")[0].Text("itemId");

        Answer rewritten = await A.PatchAsync($"/memory/items/{turn}", new { text = "Never." }, ("If-Match", "*"));

        rewritten.ExpectProblem(HttpStatusCode.UnprocessableEntity, "unprocessable");
        (await ItemAsync(turn)).Text("text").ShouldBe("The gate closes at nine.");
        (await A.PatchAsync($"/memory/items/{turn}", new { pinned = true }, ("If-Match", "*"))).Expect().Flag("pinned").ShouldBeTrue();
    }

    [Both]
    public async Task Item_CorrectedWithItsTag_ChangesForRecallToo()
    {
        string user = NewName("u");
        string id = (await StoreAsync(user, new { text = "The gate closes at nine.", metadata = new { floor = 1 } })).Single();

        Answer patched = await A.PatchAsync($"/memory/items/{id}", new { text = "The gate closes at ten.", pinned = true }, ("If-Match", "\"1\""));

        JsonElement item = patched.Expect();
        patched.Headers["ETag"].ShouldBe("\"2\"");
        item.Text("text").ShouldBe("The gate closes at ten.");
        item.Flag("pinned").ShouldBeTrue();
        item.Get("metadata").Number("floor").ShouldBe(1, "What is absent stays.");
        (await FindAsync(user, "When does the gate close?")).ShouldBe(["The gate closes at ten."]);
    }

    [Both]
    public async Task Item_CorrectedWithAnOldTag_IsNotChanged()
    {
        string id = (await StoreAsync(NewName("u"), new { text = "The gate closes at nine." })).Single();
        await A.PatchAsync($"/memory/items/{id}", new { pinned = true }, ("If-Match", "\"1\""));

        foreach (string tag in new[] { "\"1\"", "W/\"2\"", "\"99\"" })
        {
            (await A.PatchAsync($"/memory/items/{id}", new { text = "Never." }, ("If-Match", tag))).ExpectProblem(HttpStatusCode.PreconditionFailed, "precondition-failed");
        }

        (await ItemAsync(id)).Text("text").ShouldBe("The gate closes at nine.");
        (await A.PatchAsync($"/memory/items/{id}", new { text = "Now." }, ("If-Match", "*"))).Expect();
    }

    [Both]
    public async Task Item_CorrectedWithoutATag_WantsOne()
    {
        string id = (await StoreAsync(NewName("u"), new { text = "The gate closes at nine." })).Single();

        (await A.PatchAsync($"/memory/items/{id}", new { text = "Never." })).ExpectProblem((HttpStatusCode)428, "precondition-required");
        (await A.PatchAsync($"/memory/items/{id}", new { text = "Never." }, ("If-Match", "1"))).ExpectProblem(HttpStatusCode.BadRequest, "validation", ("/If-Match", "header"));
    }

    [Both]
    public async Task Item_CorrectedByTwoAtOnce_IsChangedByOne()
    {
        string id = (await StoreAsync(NewName("u"), new { text = "The gate closes at nine." })).Single();

        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => A.PatchAsync($"/memory/items/{id}", new { text = $"Said {number}." }, ("If-Match", "\"1\""))));

        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        answers.Where(answer => answer.Status != HttpStatusCode.OK).ShouldAllBe(answer => answer.Status == HttpStatusCode.PreconditionFailed);
        (await ItemAsync(id)).Number("version").ShouldBe(2);
    }

    [Both]
    public async Task Item_ItsValidityEnded_IsNotKnownAsOfLater()
    {
        string user = NewName("u");
        string id = (await StoreAsync(user, new { text = "The gate closes at nine.", at = "2024-01-01T00:00:00Z" })).Single();

        (await A.PatchAsync($"/memory/items/{id}", new { validTo = "2025-01-01T00:00:00Z" }, ("If-Match", "\"1\""))).Expect();

        (await RecallAsync(new { query = "gate closes", user, asOf = "2024-06-01T00:00:00Z" })).List("items").Count.ShouldBe(1);
        (await RecallAsync(new { query = "gate closes", user, asOf = "2025-06-01T00:00:00Z" })).List("items").ShouldBeEmpty();
    }

    [Both]
    public async Task Item_CorrectionOutOfRules_IsRefused()
    {
        string id = (await StoreAsync(NewName("u"), new { text = "The gate closes at nine." })).Single();

        (await A.PatchAsync($"/memory/items/{id}", new { }, ("If-Match", "\"1\""))).ExpectProblem(HttpStatusCode.BadRequest, "validation", ("", "required"));
        (await A.PatchAsync($"/memory/items/{id}", new { text = " ", kind = "fact", pinned = "yes" }, ("If-Match", "\"1\""))).ExpectProblem(
            HttpStatusCode.BadRequest, "validation", ("/text", "blank"), ("/kind", "unknown"), ("/pinned", "type"));
    }

    [Both]
    public async Task Item_ItsHistory_TellsHowItCameToBe()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendAsync(session, user, ["I work at the aquarium."]);
        string pipeline = (await DistilAsync(session)).Text("pipelineId");
        string id = (await ItemsAsync(user, "episode"))[0].Text("id");
        await A.PatchAsync($"/memory/items/{id}", new { text = "They work at the aquarium." }, ("If-Match", "*"));

        JsonElement history = (await A.GetAsync($"/memory/items/{id}/history")).Expect();

        history.Text("id").ShouldBe(id);
        history.List("items").Select(entry => entry.Text("action")).ShouldBe(["created", "corrected"]);
        JsonElement created = history.List("items")[0];
        created.Text("pipelineId").ShouldBe(pipeline);
        created.Text("reason").ShouldNotBeEmpty();
        created.List("sources").Select(source => source.Text("turnId")).ShouldBe(["t0"]);
    }

    [Both]
    public async Task Item_OfAnotherTenantOrNobody_IsNotFound()
    {
        string id = (await StoreAsync(NewName("u"), new { text = "Mine." })).Single();

        foreach (string foreign in new[] { id, Nobodys, "opaque" })
        {
            (await B.GetAsync($"/memory/items/{foreign}")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
            (await B.GetAsync($"/memory/items/{foreign}/history")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
            (await B.PatchAsync($"/memory/items/{foreign}", new { text = "Stolen." }, ("If-Match", "*"))).ExpectProblem(HttpStatusCode.NotFound, "not-found");
            (await B.DeleteAsync($"/memory/items/{foreign}")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        }

        (await ItemAsync(id)).Text("text").ShouldBe("Mine.");
    }

    [Both]
    public async Task Item_IdOutOfForm_IsRefused() =>
        (await A.GetAsync("/memory/items/a.b")).ExpectProblem(HttpStatusCode.BadRequest, "validation", ("/id", "itemId"));
}

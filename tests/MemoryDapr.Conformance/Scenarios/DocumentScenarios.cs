using System.Net;
using System.Text.Json;
using MemoryDapr.Conformance.Client;
using MemoryDapr.Conformance.Matrix;
using MemoryDapr.Conformance.Setup;
using Shouldly;

namespace MemoryDapr.Conformance.Scenarios;

public sealed class DocumentScenarios(Deployment deployment) : Scenario(deployment)
{
    [Both]
    public async Task Document_Stored_IsFoundAsSemanticMemory()
    {
        string user = NewName("u");
        JsonElement answer = (await A.PostAsync("/memory/documents", new
        {
            user,
            documents = new[] { new { id = "handbook:1", title = "House rules", text = "Dogs are welcome on the ground floor.", metadata = new { source = "handbook" } } },
        })).Expect();

        JsonElement stored = answer.List("documents").Single();
        stored.Text("id").ShouldBe("handbook:1");
        stored.Number("version").ShouldBe(1);
        JsonElement found = await Eventually.SeeAsync(
            "The document is found",
            () => RecallAsync(new { query = "Are dogs welcome?", user }),
            recalled => recalled.List("items").Count > 0);
        JsonElement item = found.List("items")[0];
        item.Text("id").ShouldBe(stored.Text("itemId"));
        item.Text("kind").ShouldBe("document");
        item.Text("tier").ShouldBe("semantic");
        item.Get("metadata").Text("source").ShouldBe("handbook");
    }

    [Both]
    public async Task Document_SameIdAgain_ReplacesTheFormer()
    {
        string user = NewName("u");
        string first = (await StoreAsync(user, new { id = "a", text = "The gate closes at nine." })).Single();

        JsonElement answer = (await A.PostAsync("/memory/documents", new { user, documents = new[] { new { id = "a", text = "The gate closes at ten." } } })).Expect();

        answer.List("documents").Single().Text("itemId").ShouldBe(first);
        answer.List("documents").Single().Number("version").ShouldBe(2);
        (await FindAsync(user, "When does the gate close?")).ShouldBe(["The gate closes at ten."]);
    }

    [Both]
    public async Task Document_SameRequestAgain_LeavesOneDocument()
    {
        string user = NewName("u");
        await StoreAsync(user, new { id = "a", text = "The gate closes at nine." });
        await StoreAsync(user, new { id = "a", text = "The gate closes at nine." });

        (await ItemsAsync(user, "document")).Count.ShouldBe(1);
    }

    [Both]
    public async Task Document_WithoutAnId_GetsOne()
    {
        string user = NewName("u");

        JsonElement answer = (await A.PostAsync("/memory/documents", new { user, documents = new[] { new { text = "One." }, new { text = "Two." } } })).Expect();

        answer.List("documents").Select(document => document.Text("id")).Distinct().Count().ShouldBe(2);
        (await ItemsAsync(user, "document")).Count.ShouldBe(2);
    }

    [Both]
    public async Task Document_HundredAtOnce_PassAndOneMoreDoesNot()
    {
        string user = NewName("u");

        await StoreAsync(user, [.. Enumerable.Range(0, 100).Select(number => (object)new { id = $"d{number}", text = $"Page {number}." })]);

        (await ItemsAsync(user, "document")).Count.ShouldBe(100);
        (await A.PostAsync("/memory/documents", new { user, documents = Enumerable.Range(0, 101).Select(number => new { text = "x" }) }))
            .ExpectProblem(HttpStatusCode.BadRequest, "validation", ("/documents", "count"));
    }

    [Both]
    public async Task Document_SameIdOfAnotherUserOrTenant_IsAnotherDocument()
    {
        string user = NewName("u");
        string mine = (await StoreAsync(user, new { id = "a", text = "Mine." })).Single();

        string theirs = (await StoreAsync(NewName("u"), new { id = "a", text = "Theirs." })).Single();
        await B.PostAsync("/memory/documents", new { user, documents = new[] { new { id = "a", text = "Of B." } } });

        theirs.ShouldNotBe(mine);
        (await ItemAsync(mine)).Text("text").ShouldBe("Mine.");
    }

    [Both]
    public async Task Document_ManyBrokenRules_ToldAllAtOnce() =>
        (await A.PostTextAsync("/memory/documents", $$"""
            {"user":"","documents":[
              {"id":"a b","title":"{{new string('t', 301)}}","validFrom":"2026-01-02T00:00:00Z","validTo":"2026-01-01T00:00:00Z"},
              {"text":"","metadata":{"list":[1]},"kind":"fact"}]}
            """)).ExpectProblem(
            HttpStatusCode.BadRequest,
            "validation",
            ("/user", "id"),
            ("/documents/0/id", "turnId"),
            ("/documents/0/title", "length"),
            ("/documents/0/text", "required"),
            ("/documents/0/validTo", "order"),
            ("/documents/1/text", "length"),
            ("/documents/1/metadata/list", "type"),
            ("/documents/1/kind", "unknown"));
}

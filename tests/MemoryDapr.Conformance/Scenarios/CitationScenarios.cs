using System.Net;
using System.Text.Json;
using MemoryDapr.Conformance.Client;
using MemoryDapr.Conformance.Matrix;
using MemoryDapr.Conformance.Setup;
using Shouldly;

namespace MemoryDapr.Conformance.Scenarios;

public sealed class CitationScenarios(Deployment deployment) : Scenario(deployment)
{
    [Both]
    public async Task Citation_Used_RaisesTheSalience()
    {
        string id = await StoreOneAsync();

        JsonElement answer = await CiteAsync("used", "answer:7", id);

        answer.Number("accepted").ShouldBe(1);
        answer.Text("answerId").ShouldBe("answer:7");
        await SalienceAsync(id, 0.6);
    }

    [Both]
    public async Task Citation_Refuted_LowersTheSalience()
    {
        string id = await StoreOneAsync();

        await CiteAsync("refuted", "answer-1", id);

        await SalienceAsync(id, 0.35);
    }

    [Both]
    public async Task Citation_OfTheSameAnswerAgain_CountsOnce()
    {
        string id = await StoreOneAsync();
        foreach (int _ in Enumerable.Range(0, 5))
        {
            await CiteAsync("used", "answer-1", id);
        }

        await CiteAsync("used", "answer-2", id);

        await SalienceAsync(id, 0.68);
    }

    [Both]
    public async Task Citation_OfManyMemories_CountsForEach()
    {
        string user = NewName("u");
        string[] ids = [.. await StoreAsync(user, [.. Enumerable.Range(0, 60).Select(number => (object)new { id = $"d{number}", text = $"Page {number}." })])];

        (await CiteAsync("used", "answer-1", ids)).Number("accepted").ShouldBe(60);

        await SalienceAsync(ids[0], 0.6);
        await SalienceAsync(ids[59], 0.6);
    }

    [Both]
    public async Task Citation_WithoutAnAnswersId_GetsOne()
    {
        string id = await StoreOneAsync();

        JsonElement answer = (await A.PostAsync("/memory/citations", new { memoryIds = new[] { id }, verdict = "used" })).Expect(HttpStatusCode.Accepted);

        answer.Text("answerId").ShouldNotBeEmpty();
    }

    [Both]
    public async Task Citation_FifthUseOfAnEpisode_PromotesItToFacts()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendAsync(session, user, ["I work at the aquarium.", "I feed the otters on Mondays."]);
        await DistilAsync(session);
        string episode = (await ItemsAsync(user, "episode"))[0].Text("id");

        foreach (int answer in Enumerable.Range(0, 5))
        {
            await CiteAsync("used", $"answer-{answer}", episode);
        }

        IReadOnlyList<JsonElement> facts = await Eventually.SeeAsync("Facts are promoted", () => ItemsAsync(user, "fact"), found => found.Count > 0);
        facts.ShouldAllBe(fact => fact.Text("tier") == "semantic" && fact.List("sources").Count > 0);
        (await Eventually.SeeAsync("The episode is marked", () => ItemAsync(episode), item => item.Flag("promoted"))).Number("salience").ShouldBe(0.836, 0.01);
        JsonElement made = (await A.GetAsync($"/memory/items/{facts[0].Text("id")}/history")).Expect().List("items")[0];
        made.Texts("inputs").ShouldContain(episode);
        JsonElement promoted = (await A.GetAsync($"/memory/items/{episode}/history")).Expect().List("items")[^1];
        promoted.Text("action").ShouldBe("promoted");
        promoted.Number("salience").ShouldBeGreaterThanOrEqualTo(0.8);
        promoted.Text("reason").ShouldNotBeEmpty();
    }

    [Both]
    public async Task Citation_FourthUseOfAnEpisode_PromotesNothingYet()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendAsync(session, user, ["I work at the aquarium."]);
        await DistilAsync(session);
        string episode = (await ItemsAsync(user, "episode"))[0].Text("id");
        foreach (int answer in Enumerable.Range(0, 4))
        {
            await CiteAsync("used", $"answer-{answer}", episode);
        }

        await SalienceAsync(episode, 0.7952);
        string pipeline = (await A.PostAsync("/memory/promote", new { user })).Expect(HttpStatusCode.Accepted).Text("pipelineId");

        await PipelineAsync(pipeline, "succeeded");
        (await ItemsAsync(user, "fact")).ShouldBeEmpty();
    }

    [Both]
    public async Task Citation_OfAnotherTenantsMemory_ChangesNothing()
    {
        string id = await StoreOneAsync();
        string own = (await B.PostAsync("/memory/documents", new { user = NewName("u"), documents = new[] { new { text = "Of B." } } })).Expect().List("documents")[0].Text("itemId");

        (await B.PostAsync("/memory/citations", new { memoryIds = new[] { id, own }, answerId = "x", verdict = "refuted" })).Expect(HttpStatusCode.Accepted);

        await Eventually.SeeAsync("The own one is counted", async () => (await B.GetAsync($"/memory/items/{own}")).Expect(), item => item.Number("salience") < 0.4);
        (await ItemAsync(id)).Number("salience").ShouldBe(0.5, 0.001);
    }

    [Both]
    public async Task Citation_ManyBrokenRules_ToldAllAtOnce()
    {
        (await A.PostAsync("/memory/citations", new { memoryIds = new[] { "no id" }, answerId = "a b", verdict = "liked" })).ExpectProblem(
            HttpStatusCode.BadRequest, "validation", ("/memoryIds/0", "itemId"), ("/answerId", "turnId"), ("/verdict", "enum"));
        (await A.PostTextAsync("/memory/citations", """{"memoryIds":[]}""")).ExpectProblem(
            HttpStatusCode.BadRequest, "validation", ("/memoryIds", "count"), ("/verdict", "required"));
    }

    private async Task<string> StoreOneAsync() => (await StoreAsync(NewName("u"), new { text = "The gate closes at nine." })).Single();

    private async Task<JsonElement> CiteAsync(string verdict, string answerId, params string[] memoryIds) =>
        (await A.PostAsync("/memory/citations", new { memoryIds, answerId, verdict })).Expect(HttpStatusCode.Accepted);

    private Task<JsonElement> SalienceAsync(string id, double salience) =>
        Eventually.SeeAsync($"The salience of {id} is {salience}", () => ItemAsync(id), item => Math.Abs(item.Number("salience") - salience) < 0.002);
}

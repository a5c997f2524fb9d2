using System.Net;
using System.Text.Json;
using MemoryDapr.Conformance.Client;
using MemoryDapr.Conformance.Matrix;
using MemoryDapr.Conformance.Setup;
using Shouldly;

namespace MemoryDapr.Conformance.Scenarios;

public sealed class PipelineScenarios(Deployment deployment) : Scenario(deployment)
{
    [Both]
    public async Task Distil_OnDemand_AnswersAtOnceAndMakesEpisodesOfTheTurns()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendAsync(session, user, ["I work at the aquarium.", "I feed the otters.", "The otters are called Ondina and Tejo."]);

        Answer started = await A.PostAsync("/memory/distill", new { sessionId = session });

        string id = started.Expect(HttpStatusCode.Accepted).Text("pipelineId");
        started.Headers["Location"].ShouldBe($"pipelines/{id}");
        JsonElement pipeline = await PipelineAsync(id, "succeeded");
        pipeline.Text("kind").ShouldBe("distill");
        pipeline.Text("user").ShouldBe(user);
        pipeline.Text("sessionId").ShouldBe(session);
        pipeline.List("steps").Select(step => step.Text("name")).ShouldContain("extract");
        await Eventually.SeeAsync(
            "Every step has succeeded",
            async () => (await A.GetAsync($"/memory/pipelines/{id}")).Expect().List("steps"),
            steps => steps.All(step => step.Text("status") == "succeeded"));
        IReadOnlyList<JsonElement> episodes = await ItemsAsync(user, "episode");
        episodes.SelectMany(episode => episode.Texts("turnIds")).Order().ShouldBe(["t0", "t1", "t2"]);
        episodes.ShouldAllBe(episode => episode.Text("title").Length > 0 && episode.Text("text").Length > 0 && episode.Text("tier") == "episodic");
    }

    [Both]
    public async Task Distil_ItsLocation_LeadsToThePipeline()
    {
        string session = NewName("s");
        await AppendIndexedAsync(session, NewName("u"), "I work at the aquarium.");

        Answer started = await A.PostAsync("/memory/distill", new { sessionId = session });

        var link = new Uri(started.Headers["Location"], UriKind.RelativeOrAbsolute);
        link.IsAbsoluteUri.ShouldBeFalse("A link of the service knows no host.");
        string path = new Uri(new Uri("http://x/memory/distill"), link).AbsolutePath;
        (await A.GetAsync(path)).Expect().Text("pipelineId").ShouldBe(started.Json.Text("pipelineId"));
    }

    [Both]
    public async Task Distil_Again_IsTheSamePipelineAndMakesNothingNew()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendAsync(session, user, ["I work at the aquarium.", "I feed the otters."]);
        JsonElement first = await DistilAsync(session);
        string[] before = [.. (await ItemsAsync(user, "episode")).Select(item => item.Text("id"))];

        JsonElement again = await DistilAsync(session);

        again.Text("pipelineId").ShouldBe(first.Text("pipelineId"));
        (await ItemsAsync(user, "episode")).Select(item => item.Text("id")).ShouldBe(before, ignoreOrder: true);
    }

    [Both]
    public async Task Distil_AskedForByManyAtOnce_DistilsEachTurnOnce()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendAsync(session, user, ["I work at the aquarium.", "I feed the otters."]);

        JsonElement[] pipelines = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => DistilAsync(session)));

        pipelines.Select(pipeline => pipeline.Text("pipelineId")).Distinct().Count().ShouldBe(1);
        (await ItemsAsync(user, "episode")).SelectMany(episode => episode.Texts("turnIds")).Order().ShouldBe(["t0", "t1"]);
    }

    [Both]
    public async Task Distil_EveryFifthTurn_CoversAllTurnsOnce()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendAsync(session, user, Enumerable.Range(0, 23).Select(number => $"Stamp number {number} shows the town hall of place {number}."));

        await DistilAsync(session);

        await Eventually.SeeAsync("All is distilled", () => SessionAsync(session), seen => seen.Number("distilledTo") >= 23);
        (await ItemsAsync(user, "episode")).SelectMany(episode => episode.Texts("turnIds")).Distinct().Count().ShouldBe(23);
    }

    [Both]
    public async Task Distil_BrokenRulesOrNoSession_IsRefused()
    {
        (await A.PostTextAsync("/memory/distill", "{}")).ExpectProblem(HttpStatusCode.BadRequest, "validation", ("/sessionId", "required"));
        (await A.PostAsync("/memory/distill", new { sessionId = "a b", force = true }))
            .ExpectProblem(HttpStatusCode.BadRequest, "validation", ("/sessionId", "id"), ("/force", "unknown"));
        (await A.PostAsync("/memory/distill", new { sessionId = NewName("s") })).ExpectProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Both]
    public async Task Promote_OnDemand_IsAPipelineOfItsOwn()
    {
        Answer started = await A.PostAsync("/memory/promote", new { user = NewName("u") });

        string id = started.Expect(HttpStatusCode.Accepted).Text("pipelineId");
        started.Headers["Location"].ShouldBe($"pipelines/{id}");
        (await PipelineAsync(id, "succeeded")).Text("kind").ShouldBe("promote");
    }

    [Both]
    public async Task Promote_SameIdempotencyKeyAgain_IsTheSamePipeline()
    {
        string user = NewName("u");

        JsonElement first = (await A.PostAsync("/memory/promote", new { user }, ("Idempotency-Key", "once"))).Expect(HttpStatusCode.Accepted);
        JsonElement again = (await A.PostAsync("/memory/promote", new { user }, ("Idempotency-Key", "once"))).Expect(HttpStatusCode.Accepted);
        JsonElement other = (await A.PostAsync("/memory/promote", new { user })).Expect(HttpStatusCode.Accepted);

        again.Text("pipelineId").ShouldBe(first.Text("pipelineId"));
        other.Text("pipelineId").ShouldNotBe(first.Text("pipelineId"));
    }

    [Both]
    public async Task Promote_OfAnotherTenantsOrUsersMemory_MakesNothingOfIt()
    {
        string session = NewName("s");
        string user = NewName("u");
        string other = NewName("u");
        await AppendAsync(session, user, ["I work at the aquarium."]);
        await DistilAsync(session);
        string ofB = (await B.PostAsync("/memory/promote", new { user })).Expect(HttpStatusCode.Accepted).Text("pipelineId");
        string ofOther = (await A.PostAsync("/memory/promote", new { user = other })).Expect(HttpStatusCode.Accepted).Text("pipelineId");

        await PipelineAsync(ofOther, "succeeded");
        await Eventually.SeeAsync(
            "The pipeline of B is done", async () => (await B.GetAsync($"/memory/pipelines/{ofB}")).Expect(), pipeline => pipeline.Text("status") == "succeeded");

        (await B.GetAsync($"/memory/items?user={user}")).Expect().List("items").ShouldBeEmpty();
        (await ItemsAsync(other)).ShouldBeEmpty();
        (await ItemsAsync(user, "fact")).ShouldBeEmpty();
    }

    [Both]
    public async Task Promote_BrokenRules_AreRefused() =>
        (await A.PostAsync("/memory/promote", new { user = "a b", all = true }, ("Idempotency-Key", new string('k', 201)))).ExpectProblem(
            HttpStatusCode.BadRequest, "validation", ("/Idempotency-Key", "header"), ("/user", "id"), ("/all", "unknown"));

    [Both]
    public async Task Pipelines_ByStatus_AreThoseAlone()
    {
        string session = NewName("s");
        await AppendAsync(session, NewName("u"), ["I work at the aquarium."]);
        string id = (await DistilAsync(session)).Text("pipelineId");

        JsonElement done = (await A.GetAsync("/memory/pipelines?status=succeeded,cancelled&limit=100")).Expect();
        JsonElement open = (await A.GetAsync("/memory/pipelines?status=queued,running,waiting,failed&limit=100")).Expect();

        done.List("items").ShouldAllBe(pipeline => pipeline.Text("status") == "succeeded" || pipeline.Text("status") == "cancelled");
        done.List("items").Select(pipeline => pipeline.Text("pipelineId")).ShouldContain(id, "The newest stand first.");
        open.List("items").Select(pipeline => pipeline.Text("pipelineId")).ShouldNotContain(id);
    }

    [Both]
    public async Task Pipelines_BrokenParameters_AreRefused() =>
        (await A.GetAsync("/memory/pipelines?status=done&limit=0&cursor=.")).ExpectProblem(
            HttpStatusCode.BadRequest, "validation", ("/status", "enum"), ("/limit", "range"), ("/cursor", "cursor"));

    [Both]
    public async Task Pipeline_OfAnotherTenantOrNobody_IsNotFound()
    {
        string id = (await A.PostAsync("/memory/promote", new { user = NewName("u") })).Expect(HttpStatusCode.Accepted).Text("pipelineId");

        (await B.GetAsync($"/memory/pipelines/{id}")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await A.GetAsync("/memory/pipelines/distill-0123456789abcdef0123456789abcdef")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await A.GetAsync("/memory/pipelines/a.b")).ExpectProblem(HttpStatusCode.BadRequest, "validation", ("/id", "itemId"));
        (await B.GetAsync("/memory/pipelines?limit=100")).Expect().List("items").Select(pipeline => pipeline.Text("pipelineId")).ShouldNotContain(id);
    }

    [Both]
    public async Task Pipeline_OfAnyTenant_IsSeenByTheOperator()
    {
        string ofA = (await A.PostAsync("/memory/promote", new { user = NewName("u") })).Expect(HttpStatusCode.Accepted).Text("pipelineId");
        string ofB = (await B.PostAsync("/memory/promote", new { user = NewName("u") })).Expect(HttpStatusCode.Accepted).Text("pipelineId");

        (await Operator.GetAsync($"/memory/pipelines/{ofA}")).Expect().Text("pipelineId").ShouldBe(ofA);
        (await Operator.GetAsync($"/memory/pipelines/{ofB}")).Expect().Text("pipelineId").ShouldBe(ofB);
    }
}

using System.Text.Json;
using MemoryDapr.Conformance.Client;
using MemoryDapr.Conformance.Matrix;
using MemoryDapr.Conformance.Setup;
using MemoryDapr.TestKit;
using Shouldly;

namespace MemoryDapr.Conformance.Scenarios;

public sealed class ModelScenarios(Deployment deployment) : Scenario(deployment)
{
    [Both(Means.Model)]
    public async Task Model_ItsAnswer_BecomesTheEpisode()
    {
        string mark = NewName("mark");
        string user = NewName("u");
        string session = NewName("s");
        await AppendAsync(session, user, [$"I work at the aquarium {mark}.", "I feed the otters."]);
        var rule = new ModelRule(mark, "extract", Content: """
            {"episodes":[{"title":"At the aquarium","summary":"They look after the otters of the aquarium.","turns":[0,1],
              "facts":[{"text":"They work at the aquarium.","turns":[0]}]}]}
            """);

        await Deployment.Model.WhileAsync(rule, () => DistilAsync(session));

        JsonElement episode = (await ItemsAsync(user, "episode")).Single();
        episode.Text("title").ShouldBe("At the aquarium");
        episode.Text("text").ShouldBe("They look after the otters of the aquarium.");
        episode.Texts("turnIds").ShouldBe(["t0", "t1"]);
        JsonElement fact = episode.List("facts").Single();
        fact.Text("text").ShouldBe("They work at the aquarium.");
        fact.List("sources").Select(source => source.Text("turnId")).ShouldBe(["t0"]);
    }

    [Both(Means.Model)]
    public async Task Model_AnswerOutOfItsSchema_IsRepairedOnce()
    {
        string mark = NewName("mark");
        string user = NewName("u");
        string session = NewName("s");
        await AppendAsync(session, user, [$"I work at the aquarium {mark}."]);

        JsonElement pipeline = default;
        await Deployment.Model.WhileAsync(new ModelRule(mark, "extract", Times: 1, Content: "Sure! Here it is."), async () => pipeline = await DistilAsync(session));

        (await Deployment.Model.CountCallsAsync(mark)).ShouldBe(2);
        Fallback(pipeline).ShouldBe(0);
        (await ItemsAsync(user, "episode")).Count.ShouldBe(1);
    }

    [Both(Means.Model)]
    public async Task Model_SourcesThatAreNoTurns_AreNotTaken()
    {
        string mark = NewName("mark");
        string user = NewName("u");
        string session = NewName("s");
        await AppendAsync(session, user, [$"I work at the aquarium {mark}."]);
        var invented = new ModelRule(mark, "extract", Content: """{"episodes":[{"title":"T","summary":"Invented.","turns":[7],"facts":[]}]}""");

        await Deployment.Model.WhileAsync(invented, () => DistilAsync(session));

        IReadOnlyList<JsonElement> episodes = await ItemsAsync(user, "episode");
        episodes.ShouldAllBe(episode => episode.Text("text") != "Invented.");
        episodes.SelectMany(episode => episode.Texts("turnIds")).ShouldBe(["t0"]);
    }

    [Both(Means.Model)]
    public async Task Model_NonsenseTwice_LeavesItToTheRules()
    {
        string mark = NewName("mark");
        string user = NewName("u");
        string session = NewName("s");
        await AppendAsync(session, user, [$"I work at the aquarium {mark}.", "I feed the otters."]);

        JsonElement pipeline = default;
        await Deployment.Model.WhileAsync(new ModelRule(mark, "extract", Content: "nonsense"), async () => pipeline = await DistilAsync(session));

        Fallback(pipeline).ShouldBe(1);
        (await ItemsAsync(user, "episode")).SelectMany(episode => episode.Texts("turnIds")).Distinct().Order().ShouldBe(["t0", "t1"]);
    }

    [Both(Means.Model)]
    public async Task Model_RefusingTheRequest_LeavesItToTheRules()
    {
        string mark = NewName("mark");
        string user = NewName("u");
        string session = NewName("s");
        await AppendAsync(session, user, [$"I work at the aquarium {mark}."]);

        JsonElement pipeline = default;
        await Deployment.Model.WhileAsync(new ModelRule(mark, "extract", Status: 400), async () => pipeline = await DistilAsync(session));

        Fallback(pipeline).ShouldBe(1);
        (await ItemsAsync(user, "episode")).ShouldNotBeEmpty();
    }

    [Both(Means.Model)]
    public async Task Model_FailingOnce_IsAskedAgain()
    {
        string mark = NewName("mark");
        string user = NewName("u");
        string session = NewName("s");
        await AppendAsync(session, user, [$"I work at the aquarium {mark}."]);

        JsonElement pipeline = default;
        await Deployment.Model.WhileAsync(new ModelRule(mark, "extract", Times: 1, Status: 503), async () => pipeline = await DistilAsync(session));

        pipeline.Text("status").ShouldBe("succeeded");
        Fallback(pipeline).ShouldBe(0);
        (await Deployment.Model.CountCallsAsync(mark)).ShouldBe(2);
    }

    [Both(Means.Model)]
    public async Task Model_Slow_HoldsUpNoAppendAndNoRecall()
    {
        string mark = NewName("mark");
        string user = NewName("u");
        string session = NewName("s");
        await AppendIndexedAsync(session, user, $"I work at the aquarium {mark}.");

        await Deployment.Model.WhileAsync(new ModelRule(mark, "extract", DelayMs: 4000), async () =>
        {
            string pipeline = (await A.PostAsync("/memory/distill", new { sessionId = session })).Expect(System.Net.HttpStatusCode.Accepted).Text("pipelineId");
            await PipelineAsync(pipeline, "running");
            await Eventually.SeeAsync("The model is asked", () => Deployment.Model.CountCallsAsync(mark), calls => calls == 1);

            (await AppendAsync(session, user, ["I feed the otters."], from: 1)).Number("turnCount").ShouldBe(2);
            (await FindAsync(user, "aquarium")).ShouldNotBeEmpty();
            (await A.GetAsync($"/memory/pipelines/{pipeline}")).Expect().Text("status").ShouldBe("running");
            await PipelineAsync(pipeline, "succeeded");
        });
    }

    [Both(Means.Model)]
    public async Task Model_MemoriesPastedIntoATurn_AreNotToldBack()
    {
        string mark = NewName("mark");
        string user = NewName("u");
        string session = NewName("s");
        await AppendIndexedAsync(NewName("s"), user, "The vault's code word is marzipan.");
        string context = (await RecallAsync(new { query = "code word of the vault", user })).Text("context");
        context.ShouldContain("marzipan");

        await AppendAsync(session, user, [$"{context}\n\nThank you {mark}."]);
        await DistilAsync(session);

        (await Deployment.Model.CountCallsAsync(mark)).ShouldBeGreaterThan(0);
        (await A.GetAsync($"/memory/items?user={user}&kind=episode")).Text.ShouldNotContain("marzipan");
    }

    private static double Fallback(JsonElement pipeline) => pipeline.List("steps").First(step => step.Text("name") == "extract").Get("counts").Number("fallback");
}

using System.Text.Json;
using MemoryDapr.Conformance.Client;
using MemoryDapr.Conformance.Matrix;
using MemoryDapr.Conformance.Setup;
using MemoryDapr.TestKit;
using Shouldly;
using Xunit;

namespace MemoryDapr.Conformance.Scenarios;

[Collection(AloneCollection.Name)]
public sealed class ModelOutageScenarios(Deployment deployment) : Scenario(deployment)
{
    // An open circuit is tried again after 30 seconds, and a step that failed within two minutes.
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(4);

    [Both(Means.Model)]
    public async Task ModelOutage_Pipelines_WaitAndGoOnWhenItIsBack()
    {
        string user = NewName("u");
        string session = NewName("s");
        await AppendIndexedAsync(session, user, "I work at the aquarium.");
        string pipeline = "";

        await Deployment.Model.WhileAsync(new ModelRule(Status: 503), async () =>
        {
            pipeline = (await A.PostAsync("/memory/distill", new { sessionId = session })).Expect(System.Net.HttpStatusCode.Accepted).Text("pipelineId");
            JsonElement waiting = await PipelineAsync(pipeline, "waiting");
            waiting.Text("error").ShouldNotBeEmpty();
        });

        JsonElement done = await PipelineAsync(pipeline, "succeeded", Recovery);
        done.Has("error").ShouldBeFalse(done.GetRawText());
        (await ItemsAsync(user, "episode")).SelectMany(episode => episode.Texts("turnIds")).ShouldBe(["t0"]);
    }

    [Both(Means.Model)]
    public async Task ModelOutage_AppendsAndRecalls_GoOn()
    {
        string user = NewName("u");
        string session = NewName("s");

        await Deployment.Model.WhileAsync(new ModelRule(Status: 503), async () =>
        {
            JsonElement appended = await AppendAsync(session, user, Enumerable.Range(0, 6).Select(number => $"Stamp number {number} is blue."));
            appended.Number("turnCount").ShouldBe(6);
            await IndexedAsync(session);
            (await FindAsync(user, "blue stamp")).ShouldNotBeEmpty();
            (await Nobody.GetAsync("/readyz")).Expect();
        });

        await Eventually.SeeAsync("All is distilled", () => SessionAsync(session), seen => seen.Number("distilledTo") >= 5, Recovery);
    }

    [Both(Means.Model)]
    public async Task ModelOutage_ManyPipelines_OpenTheCircuitWhichThenClosesAgain()
    {
        string user = NewName("u");
        string[] sessions = [.. Enumerable.Range(0, 8).Select(_ => NewName("s"))];
        string mark = NewName("mark");
        List<string> pipelines = [];
        int during = 0;

        await Deployment.Model.WhileAsync(new ModelRule(Status: 503), async () =>
        {
            foreach (string session in sessions)
            {
                await AppendIndexedAsync(session, user, $"I work at the aquarium {mark}.");
                pipelines.Add((await A.PostAsync("/memory/distill", new { sessionId = session })).Expect(System.Net.HttpStatusCode.Accepted).Text("pipelineId"));
            }

            foreach (string pipeline in pipelines)
            {
                await PipelineAsync(pipeline, "waiting");
            }

            during = await Deployment.Model.CountCallsAsync(mark);
        });

        // Each of eight steps would have made three calls: an open circuit lets through what opens it, and single probes.
        during.ShouldBeInRange(1, 16, "The circuit did not spare the model.");
        foreach (string pipeline in pipelines)
        {
            await PipelineAsync(pipeline, "succeeded", Recovery);
        }

        // Closed again: what comes now is not held up.
        string after = NewName("s");
        await AppendAsync(after, user, ["It is over."]);
        await DistilAsync(after);
    }

    [Both(Means.Model)]
    public async Task ModelOutage_OnTheMetrics_IsCounted()
    {
        string user = NewName("u");
        string session = NewName("s");
        await AppendIndexedAsync(session, user, "I work at the aquarium.");
        double before = await FailedCallsAsync();
        string pipeline = "";

        await Deployment.Model.WhileAsync(new ModelRule(Status: 503), async () =>
        {
            pipeline = (await A.PostAsync("/memory/distill", new { sessionId = session })).Expect(System.Net.HttpStatusCode.Accepted).Text("pipelineId");
            await PipelineAsync(pipeline, "waiting");
        });

        await Eventually.SeeAsync("The failure is counted", FailedCallsAsync, failed => failed > before);
        await PipelineAsync(pipeline, "succeeded", Recovery);
    }

    private async Task<double> FailedCallsAsync()
    {
        Answer metrics = await Client(Deployment.OperatorKey, () => Deployment.MetricsUrl).GetAsync("/metrics");
        return Metric.Sum(metrics.Text, "memory_model_calls_total", labels => !labels.Contains("outcome=\"answered\"", StringComparison.Ordinal));
    }
}

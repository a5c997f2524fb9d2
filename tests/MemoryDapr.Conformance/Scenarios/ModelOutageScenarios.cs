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
    public async Task ModelOutage_CircuitTriedAgain_IsProbedByOneCallWhileOthersAreRefused()
    {
        string user = NewName("u");
        string[] sessions = [.. Enumerable.Range(0, 4).Select(_ => NewName("s"))];
        foreach (string session in sessions)
        {
            await AppendIndexedAsync(session, user, "I work at the aquarium.");
        }

        List<string> pipelines = [];
        string failing = await Deployment.Model.AddAsync(new ModelRule(Status: 503));
        await Eventually.SeeAsync("The circuit is open", () => CountCallsOfNewAsync(pipelines), calls => calls == 0, Recovery);

        // Whatever comes through from here on waits at the model, so that nothing decides about the circuit before the others came.
        string held = await Deployment.Model.AddAsync(new ModelRule(Held: true));
        try
        {
            await Deployment.Model.RemoveAsync(failing);
            await Eventually.SeeAsync("The circuit is tried again", () => StartAndCountAsync(pipelines, held), calls => calls == 1, Recovery);
            string[] refused = await Task.WhenAll(sessions.Select(StartAsync));
            pipelines.AddRange(refused);
            await Task.WhenAll(refused.Select(pipeline => PipelineAsync(pipeline, "waiting")));

            (await Deployment.Model.CountTakenAsync(held)).ShouldBe(1, "A circuit that is half open lets one call through.");
            (await ModelCircuitAsync())?.ShouldBe("half-open");
        }
        finally
        {
            await Deployment.Model.RemoveAsync(held);
        }

        foreach (string pipeline in pipelines)
        {
            await PipelineAsync(pipeline, "succeeded", Recovery);
        }

        (await ModelCircuitAsync())?.ShouldBe("closed");
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

    private async Task<string> StartAsync(string session) =>
        (await A.PostAsync("/memory/distill", new { sessionId = session })).Expect(System.Net.HttpStatusCode.Accepted).Text("pipelineId");

    /// <summary>Has something new distilled; answers how often the model was called for it once that has failed.</summary>
    private async Task<int> CountCallsOfNewAsync(List<string> pipelines)
    {
        string session = NewName("s");
        string mark = NewName("mark");
        await AppendIndexedAsync(session, NewName("u"), $"I work at the aquarium {mark}.");
        pipelines.Add(await StartAsync(session));
        await PipelineAsync(pipelines[^1], "waiting");
        return await Deployment.Model.CountCallsAsync(mark);
    }

    /// <summary>Has something new distilled, unless a call has come through already.</summary>
    private async Task<int> StartAndCountAsync(List<string> pipelines, string rule)
    {
        if (await Deployment.Model.CountTakenAsync(rule) == 0)
        {
            string session = NewName("s");
            await AppendIndexedAsync(session, NewName("u"), "I work at the aquarium.");
            pipelines.Add(await StartAsync(session));
            await Eventually.SeeAsync(
                "It is refused, or the one that is tried",
                async () => (await A.GetAsync($"/memory/pipelines/{pipelines[^1]}"), Taken: await Deployment.Model.CountTakenAsync(rule)),
                seen => seen.Taken > 0 || (seen.Item1.Status == System.Net.HttpStatusCode.OK && seen.Item1.Json.Text("status") == "waiting"));
        }

        return await Deployment.Model.CountTakenAsync(rule);
    }

    /// <summary>The state of the model's circuit, as the one process or the worker's sidecar tells it; null where neither can be asked.</summary>
    private async Task<string?> ModelCircuitAsync()
    {
        if (Deployment.IsStandalone)
        {
            Answer own = await Client(Deployment.OperatorKey, () => Deployment.MetricsUrl).GetAsync("/metrics");
            double state = Metric.Sum(own.Text, "embedded_dapr_resiliency_breaker_state", labels => labels.Contains("target=\"app_openai\"", StringComparison.Ordinal));
            return state switch { 0 => "closed", 1 => "half-open", _ => "open" };
        }

        if (Deployment.Settings.WorkerSidecarMetrics is not { } sidecar)
        {
            return null;
        }

        Answer metrics = await Client(null, () => sidecar).SendOnceAsync(HttpMethod.Get, "/metrics");
        string[] states = ["closed", "half-open", "open"];
        return states.FirstOrDefault(state => Metric.Sum(
            metrics.Text,
            "dapr_resiliency_cb_state",
            labels => labels.Contains("target=\"app_openai\"", StringComparison.Ordinal) && labels.Contains($"status=\"{state}\"", StringComparison.Ordinal)) > 0);
    }

    private async Task<double> FailedCallsAsync()
    {
        Answer metrics = await Client(Deployment.OperatorKey, () => Deployment.MetricsUrl).GetAsync("/metrics");
        return Metric.Sum(metrics.Text, "memory_model_calls_total", labels => !labels.Contains("outcome=\"answered\"", StringComparison.Ordinal));
    }
}

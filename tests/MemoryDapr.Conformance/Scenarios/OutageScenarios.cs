using System.Net;
using MemoryDapr.Conformance.Client;
using MemoryDapr.Conformance.Events;
using MemoryDapr.Conformance.Matrix;
using MemoryDapr.Conformance.Setup;
using MemoryDapr.TestKit;
using Shouldly;
using Xunit;

namespace MemoryDapr.Conformance.Scenarios;

[Collection(AloneCollection.Name)]
public sealed class OutageScenarios(Deployment deployment) : Scenario(deployment)
{
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(5);

    [Sidecar(Means.StoreSwitch)]
    public async Task StoreOutage_Appends_AreTakenAndFoundLater()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendIndexedAsync(session, user, "Before.");

        await Deployment.Settings.Store!.WhileStoppedAsync(async () =>
            (await AppendAsync(session, user, ["The vault's code word is marzipan."], from: 1)).List("turns")[0].Text("status").ShouldBe("accepted"));

        await Eventually.SeeAsync("It is indexed", () => A.GetAsync($"/memory/sessions/{session}"), answer => answer.Status == HttpStatusCode.OK && answer.Json.Number("indexedTo") >= 2, Recovery);
        await Eventually.SeeAsync("It is found", () => FindAsync(user, "code word"), found => found.Contains("The vault's code word is marzipan."));
    }

    [Sidecar(Means.StoreSwitch)]
    public async Task StoreOutage_Recalls_AreProblemsWithinTheDeadline()
    {
        string user = NewName("u");
        await AppendIndexedAsync(NewName("s"), user, "Before.");

        await Deployment.Settings.Store!.WhileStoppedAsync(async () =>
        {
            Answer answer = await A.PostAsync("/memory/recall", new { query = "before", user });
            answer.IsProblem.ShouldBeTrue(answer.ToString());
            (answer.Status is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout).ShouldBeTrue(answer.ToString());
            await Eventually.SeeAsync("The service is not ready", () => Nobody.GetAsync("/readyz"), ready => ready.Status == HttpStatusCode.ServiceUnavailable);
        });

        await Eventually.SeeAsync("Recalls are back", () => A.PostAsync("/memory/recall", new { query = "before", user }), recalled => recalled.Status == HttpStatusCode.OK, Recovery);
        await Eventually.SeeAsync("The service is ready", () => Nobody.GetAsync("/readyz"), ready => ready.Status == HttpStatusCode.OK, Recovery);
    }

    [Sidecar(Means.StoreSwitch)]
    public async Task StoreOutage_PipelineUnderWay_EndsAfterIt()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendIndexedAsync(session, user, "I work at the aquarium.");

        await Deployment.Settings.Store!.WhileStoppedAsync(() => AppendAsync(session, user, ["a b", "c d", "e f", "g h"], from: 1));

        await Eventually.SeeAsync(
            "All is distilled", () => A.GetAsync($"/memory/sessions/{session}"), answer => answer.Status == HttpStatusCode.OK && answer.Json.Number("distilledTo") >= 5, Recovery);
        (await ItemsAsync(user, "episode")).SelectMany(episode => episode.Texts("turnIds")).Distinct().Count().ShouldBe(5);
    }

    [Sidecar(Means.BrokerSwitch)]
    public async Task BrokerOutage_Appends_GoOn()
    {
        string session = NewName("s");
        string user = NewName("u");

        await Deployment.Settings.Broker!.WhileStoppedAsync(async () =>
        {
            await AppendIndexedAsync(session, user, "The vault's code word is marzipan.");
            (await FindAsync(user, "code word")).ShouldNotBeEmpty();
        });
    }

    [Sidecar(Means.BrokerSwitch)]
    public async Task BrokerOutage_Citations_AreTakenAtOnceAndCountedLater()
    {
        string id = (await StoreAsync(NewName("u"), new { text = "The gate closes at nine." })).Single();

        await Deployment.Settings.Broker!.WhileStoppedAsync(async () =>
            (await A.PostAsync("/memory/citations", new { memoryIds = new[] { id }, answerId = "a1", verdict = "used" })).Expect(HttpStatusCode.Accepted));

        await Eventually.SeeAsync("It is counted", () => ItemAsync(id), item => Math.Abs(item.Number("salience") - 0.6) < 0.002, Recovery);
    }

    [Sidecar(Means.BrokerSwitch | Means.Events)]
    public async Task BrokerOutage_Events_ComeAfterIt()
    {
        string session = NewName("s");

        await Deployment.Settings.Broker!.WhileStoppedAsync(async () =>
        {
            await AppendAsync(session, NewName("u"), ["I work at the aquarium."]);
            await DistilAsync(session);
        });

        ReceivedEvent heard = await Deployment.Events.HearAsync("memory.episode.created.v1", data => data.Text("sessionId") == session, Recovery);
        heard.Data.Text("sessionId").ShouldBe(session);
    }

    [Sidecar(Means.SidecarMetrics | Means.Model)]
    public async Task ModelBreaker_InTheSidecarsMetrics_OpensAndCloses()
    {
        string user = NewName("u");
        List<string> pipelines = [];
        double opened = await BreakerAsync("open");
        double closed = await BreakerAsync("closed");

        await Deployment.Model.WhileAsync(new ModelRule(Status: 503), async () =>
        {
            foreach (int _ in Enumerable.Range(0, 4))
            {
                string session = NewName("s");
                await AppendIndexedAsync(session, user, "I work at the aquarium.");
                pipelines.Add((await A.PostAsync("/memory/distill", new { sessionId = session })).Expect(HttpStatusCode.Accepted).Text("pipelineId"));
            }

            await Eventually.SeeAsync("The breaker opens", () => BreakerAsync("open"), now => now > opened, Recovery);
        });

        foreach (string pipeline in pipelines)
        {
            await PipelineAsync(pipeline, "succeeded", Recovery);
        }

        await Eventually.SeeAsync("The breaker closes", () => BreakerAsync("closed"), now => now > closed, Recovery);
    }

    [Sidecar(Means.SidecarMetrics | Means.StoreSwitch)]
    public async Task StoreBreaker_InTheSidecarsMetrics_IsSeen()
    {
        double before = await BreakerAsync("");
        string session = NewName("s");

        await Deployment.Settings.Store!.WhileStoppedAsync(async () =>
        {
            await AppendAsync(session, NewName("u"), ["one"]);
            await Eventually.SeeAsync("Policies act", () => BreakerAsync(""), now => now > before, Recovery);
        });

        await Eventually.SeeAsync("It is indexed", () => A.GetAsync($"/memory/sessions/{session}"), answer => answer.Status == HttpStatusCode.OK && answer.Json.Number("indexedTo") >= 1, Recovery);
    }

    private async Task<double> BreakerAsync(string status)
    {
        Answer metrics = await Client(null, () => Deployment.Settings.WorkerSidecarMetrics!).SendOnceAsync(HttpMethod.Get, "/metrics");
        return Metric.Sum(
            metrics.Text,
            "dapr_resiliency_activations_total",
            labels => labels.Contains("policy=\"circuitbreaker\"", StringComparison.Ordinal) && labels.Contains($"status=\"{status}", StringComparison.Ordinal));
    }
}

using System.Net;
using MemoryDapr.Conformance.Client;
using MemoryDapr.Conformance.Events;
using MemoryDapr.Conformance.Matrix;
using MemoryDapr.Conformance.Setup;
using Shouldly;

namespace MemoryDapr.Conformance.Scenarios;

/// <summary>Another app of the namespace, with a sidecar of its own, behind the gateway.</summary>
public sealed class NeighbourScenarios(Deployment deployment) : Scenario(deployment)
{
    private ApiClient Sidecar => field ??= Client(null, () => Deployment.Settings.EventsSidecar!);

    [Sidecar(Means.SidecarApi)]
    public async Task Neighbour_RoutesOfTheWorker_AreRefused()
    {
        foreach (string route in new[] { "sessions/append", "sessions/get", "forget", "import", "items/edit", "citations/accept", "pipelines/distill", "jobs" })
        {
            IsRefused(await Sidecar.PostAsync($"/v1.0/invoke/memory-worker/method/{route}", new { tenant = Deployment.Settings.TenantA, sessionId = "s" }));
        }
    }

    [Sidecar(Means.SidecarApi)]
    public async Task Neighbour_RoutesOfTheStore_AreRefused()
    {
        foreach (string route in new[] { "store/apply", "store/search", "store/items/get", "store/items/list", "store/sessions/list", "store/pipelines/list" })
        {
            IsRefused(await Sidecar.PostAsync($"/v1.0/invoke/memory-store/method/{route}", new { tenant = Deployment.Settings.TenantA }));
        }
    }

    [Sidecar(Means.SidecarApi)]
    public async Task Neighbour_EventRoutesOfTheWorker_AreRefused()
    {
        IsRefused(await Sidecar.PostAsync("/v1.0/invoke/memory-worker/method/events/turns", new { tenant = Deployment.Settings.TenantA }));
        IsRefused(await Sidecar.PostAsync("/v1.0/invoke/memory-worker/method/events/citations", new { tenant = Deployment.Settings.TenantA }));
    }

    [Sidecar(Means.SidecarApi)]
    public async Task Neighbour_ActorRoutesOfTheWorker_AreRefused()
    {
        IsRefused(await Sidecar.SendAsync(HttpMethod.Put, "/v1.0/invoke/memory-worker/method/actors/SessionActor/conformance-a.s/method/GetAsync"));
        IsRefused(await Sidecar.SendAsync(HttpMethod.Delete, "/v1.0/invoke/memory-worker/method/actors/SessionActor/conformance-a.s"));
    }

    [Sidecar(Means.SidecarApi)]
    public async Task Neighbour_CallerThatItNamesItself_IsNotBelieved()
    {
        IsRefused(await Sidecar.PostAsync("/v1.0/invoke/memory-worker/method/sessions/append", new { }, ("dapr-caller-app-id", "memory-api")));
        IsRefused(await Sidecar.PostAsync("/v1.0/invoke/memory-worker/method/sessions/append", new { }, ("Connection", "dapr-caller-app-id")));
        IsRefused(await Sidecar.PostAsync("/v1.0/invoke/memory-store/method/store/search", new { }, ("dapr-caller-app-id", "memory-worker"), ("Connection", "dapr-caller-app-id")));
    }

    [Sidecar(Means.SidecarApi)]
    public async Task Neighbour_MemoryWithoutAKey_IsRefusedByTheApiToo() =>
        (await Sidecar.GetAsync("/v1.0/invoke/memory-api/method/memory/sessions")).Status.ShouldBe(HttpStatusCode.Unauthorized);

    [Sidecar(Means.SidecarApi)]
    public async Task Neighbour_TopicsThatGoOut_AreNotItsToPublish()
    {
        var publisher = new EventPublisher(Deployment.Settings.EventsSidecar!);
        foreach (string topic in new[] { "memory.erased.v1", "memory.episode.created.v1", "memory.fact.promoted.v1", "memory.session.expired.v1" })
        {
            (await publisher.TryPublishAsync(topic)).ShouldBe(403, topic);
        }
    }

    [Sidecar(Means.SidecarApi)]
    public async Task Neighbour_SecretsAndStateOfTheService_AreNotItsToRead()
    {
        foreach (string path in new[] { "/v1.0/secrets/secretstore/OPENAI_AUTHORIZATION", "/v1.0/secrets/secretstore/bulk", "/v1.0/state/statestore/x" })
        {
            ((int)(await Sidecar.GetAsync(path)).Status).ShouldBeGreaterThanOrEqualTo(400, path);
        }
    }

    private static void IsRefused(Answer answer) =>
        (answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden).ShouldBeTrue(answer.ToString());
}

using System.Net;
using MemoryDapr.Conformance.Client;
using MemoryDapr.Conformance.Matrix;
using MemoryDapr.Conformance.Setup;
using Shouldly;

namespace MemoryDapr.Conformance.Scenarios;

/// <summary>Ways around the front door. Each is refused with 400 or 404, with every key.</summary>
public sealed class GatewayScenarios(Deployment deployment) : Scenario(deployment)
{
    private static readonly string[] Apps = ["memory-api", "memory-worker", "memory-store"];

    [Both]
    public Task Gateway_InvocationOfAnApp_IsClosed() => RefusesAsync(
        [.. Apps.SelectMany(app => new[] { $"/v1.0/invoke/{app}/method/healthz", $"/v1.0/invoke/{app}/method/memory/jobs", $"/v1.0/invoke/{app}/method/store/items/list" })]);

    [Both]
    public Task Gateway_StateStore_IsClosed() =>
        RefusesAsync("/v1.0/state/statestore", "/v1.0/state/statestore/x", "/v1.0/state/statestore/bulk", "/v1.0/state/statestore/transaction", "/v1.0-alpha1/state/statestore/query");

    [Both]
    public Task Gateway_Actors_AreClosed() => RefusesAsync(
        "/v1.0/actors/SessionActor/conformance-a.s/method/GetAsync", "/v1.0/actors/SessionActor/conformance-a.s/state/session",
        "/v1.0/actors/ScopeActor/x/method/EraseAsync", "/v1.0/actors/UpkeepActor/upkeep/reminders/run",
        "/actors/SessionActor/conformance-a.s/method/GetAsync", "/actors/SessionActor/conformance-a.s");

    [Both]
    public Task Gateway_Publishing_IsClosed() => RefusesAsync(
        "/v1.0/publish/memory-pubsub/memory.turns.v1", "/v1.0/publish/memory-pubsub/memory.citations.v1", "/v1.0-alpha1/publish/bulk/memory-pubsub/memory.turns.v1");

    [Both]
    public Task Gateway_WhatTheSidecarTellsOfItself_IsClosed() =>
        RefusesAsync("/v1.0/metadata", "/v1.0/metadata/x", "/v1.0/shutdown", "/v1.0/secrets/secretstore/OPENAI_AUTHORIZATION", "/v1.0/secrets/secretstore/bulk", "/v1.0/configuration/config");

    [Both]
    public Task Gateway_WorkflowsJobsAndOtherApis_AreClosed() => RefusesAsync(
        "/v1.0/workflows/dapr/distill-1", "/v1.0/workflows/dapr/DistillWorkflow/start", "/v1.0-beta1/workflows/dapr/distill-1/terminate", "/v1.0/bindings/openai",
        "/v1.0-alpha1/jobs/x", "/v1.0-alpha1/lock/statestore", "/v1.0-alpha1/crypto/x/encrypt", "/v1.0-alpha1/conversation/openai/converse", "/v1.0/unknown");

    [Both]
    public Task Gateway_RoutesBetweenTheApps_AreClosed() => RefusesAsync(
        "/sessions/append", "/sessions/get", "/pipelines/distill", "/citations/accept", "/documents/store", "/items/edit", "/forget", "/import", "/jobs",
        "/store/apply", "/store/search", "/events/turns", "/events/citations", "/dapr/subscribe", "/dapr/config", "/job/x");

    [Both]
    public async Task Gateway_AnotherTargetInTheHeader_LeadsNowhereElse()
    {
        foreach (string app in new[] { "memory-worker", "memory-store", "memory-sample", "openai" })
        {
            foreach (string path in new[] { "/sessions/append", "/events/turns", "/forget", "/store/apply", "/store/items/list" })
            {
                await RefusesAsync(HttpMethod.Post, path, ("dapr-app-id", app));
            }

            (await A.SendAsync(HttpMethod.Get, "/memory/sessions?limit=1", null, ("dapr-app-id", app))).Expect().Has("items").ShouldBeTrue(app);
        }
    }

    [Both]
    public async Task Gateway_CallerNamedByTheClient_OpensNothing()
    {
        foreach (string app in Apps)
        {
            await RefusesAsync(HttpMethod.Post, "/sessions/append", ("dapr-caller-app-id", app), ("dapr-api-token", "x"), ("Connection", "dapr-app-id"));
            (await Nobody.SendAsync(HttpMethod.Get, "/memory/sessions", null, ("dapr-caller-app-id", app))).ExpectProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        }
    }

    [Both]
    public async Task Gateway_TargetStrippedAsAHopHeader_IsStillTheApi()
    {
        (await A.SendAsync(HttpMethod.Get, "/memory/sessions?limit=1", null, ("dapr-app-id", "memory-store"), ("Connection", "dapr-app-id"))).Expect().Has("items").ShouldBeTrue();
        (await A.SendAsync(HttpMethod.Get, "/memory/sessions?limit=1", null, ("Connection", "dapr-caller-app-id, close"))).Expect().Has("items").ShouldBeTrue();
    }

    [Both]
    public Task Gateway_DotSegments_LeadNowhere() => RefusesAsync(
        "/memory/../v1.0/metadata", "/memory/../../v1.0/invoke/memory-store/method/healthz", "/memory/sessions/../../v1.0/state/statestore/x", "/explorer/../sessions/append",
        "/memory/./../v1.0/metadata", "/docs/..;/v1.0/metadata");

    [Both]
    public Task Gateway_EncodedSegments_LeadNowhere() => RefusesAsync(
        "/memory/%2e%2e/v1.0/metadata", "/memory/%2E%2E%2Fv1.0%2Fmetadata", "/memory%2f..%2fv1.0%2fmetadata", "/%76%31.0/metadata", "/v1.0%2Finvoke%2Fmemory-store%2Fmethod%2Fhealthz",
        "/memory/%252e%252e/v1.0/metadata", "/memory/sessions/%2e%2e%2f%2e%2e%2fevents/turns", "/memory/..%5cv1.0/metadata", "/memory/x%00/../v1.0/metadata");

    [Both]
    public Task Gateway_EmptySegments_LeadNowhere() => RefusesAsync(
        "//v1.0/metadata", "///v1.0/invoke/memory-store/method/healthz", "/memory//../v1.0/metadata", "//memory-store/healthz", "/v1.0//invoke/memory-store/method/healthz");

    [Both]
    public async Task Gateway_OtherMethodInAHeader_IsNotHeeded()
    {
        string session = NewName("s");
        await AppendAsync(session, NewName("u"), ["one"]);

        await A.SendAsync(HttpMethod.Get, $"/memory/sessions/{session}", null, ("X-HTTP-Method-Override", "DELETE"), ("X-HTTP-Method", "DELETE"), ("X-Method-Override", "DELETE"));
        await A.SendAsync(HttpMethod.Post, $"/memory/sessions/{session}", null, ("X-HTTP-Method-Override", "DELETE"));

        (await SessionAsync(session)).Number("turnCount").ShouldBe(1);
    }

    [Both]
    public async Task Gateway_RewrittenPathInAHeader_IsNotHeeded()
    {
        Answer answer = await Nobody.SendAsync(HttpMethod.Get, "/healthz", null, ("X-Original-URL", "/metrics"), ("X-Rewrite-URL", "/metrics"), ("X-Forwarded-Prefix", "/memory"));

        answer.Expect().Text("status").ShouldBe("healthy");
    }

    private async Task RefusesAsync(params string[] paths)
    {
        foreach (string path in paths)
        {
            await RefusesAsync(HttpMethod.Get, path);
            await RefusesAsync(HttpMethod.Post, path);
        }
    }

    private async Task RefusesAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        (await A.SendAsync(method, path, Body(method), headers)).ExpectRefusedPath();
        foreach (ApiClient client in new[] { Nobody, Operator })
        {
            // Below /memory one process asks for a tenant's key first.
            Answer answer = await client.SendAsync(method, path, Body(method), headers);
            bool wantsKey = answer.Status is (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) && path.StartsWith("/memory", StringComparison.Ordinal);
            if (!wantsKey)
            {
                answer.ExpectRefusedPath();
            }
        }
    }

    private static Func<HttpContent>? Body(HttpMethod method) => method == HttpMethod.Post ? ApiClient.Json(new { }) : null;
}

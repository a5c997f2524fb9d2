using System.Net;
using MemoryDapr.Conformance.Client;
using MemoryDapr.Conformance.Matrix;
using MemoryDapr.Conformance.Setup;
using Shouldly;

namespace MemoryDapr.Conformance.Scenarios;

public sealed class IdentityScenarios(Deployment deployment) : Scenario(deployment)
{
    private static readonly (HttpMethod Method, string Path)[] Routes =
    [
        (HttpMethod.Post, "/memory/turns"),
        (HttpMethod.Post, "/memory/sessions/s1/turns"),
        (HttpMethod.Get, "/memory/sessions/s1"),
        (HttpMethod.Get, "/memory/sessions/s1/turns"),
        (HttpMethod.Get, "/memory/sessions"),
        (HttpMethod.Delete, "/memory/sessions/s1"),
        (HttpMethod.Delete, "/memory/users/u1"),
        (HttpMethod.Delete, "/memory/items/t-1"),
        (HttpMethod.Post, "/memory/recall"),
        (HttpMethod.Post, "/memory/distill"),
        (HttpMethod.Post, "/memory/promote"),
        (HttpMethod.Post, "/memory/citations"),
        (HttpMethod.Post, "/memory/documents"),
        (HttpMethod.Get, "/memory/items"),
        (HttpMethod.Get, "/memory/items/t-1"),
        (HttpMethod.Get, "/memory/items/t-1/history"),
        (HttpMethod.Patch, "/memory/items/t-1"),
        (HttpMethod.Get, "/memory/export"),
        (HttpMethod.Post, "/memory/import"),
    ];

    private static readonly (HttpMethod Method, string Path)[] OperatorRoutes =
        [(HttpMethod.Get, "/memory/pipelines"), (HttpMethod.Get, "/memory/pipelines/distill-1"), (HttpMethod.Get, "/memory/jobs")];

    [Both]
    public async Task Identity_NoKey_OpensNoRoute()
    {
        foreach ((HttpMethod method, string path) in Routes.Concat(OperatorRoutes))
        {
            (await Nobody.SendAsync(method, path)).ExpectProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        }
    }

    [Both]
    public async Task Identity_WrongOrDoubledKey_OpensNoRoute()
    {
        ApiClient wrong = Client(Deployment.KeyA + "x");

        (await wrong.GetAsync("/memory/sessions")).ExpectProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        (await Nobody.SendAsync(HttpMethod.Get, "/memory/sessions", null, ("X-API-Key", ""))).ExpectProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        (await A.SendAsync(HttpMethod.Get, "/memory/sessions", null, ("X-API-Key", Deployment.KeyB!))).ExpectProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        (await Nobody.GetAsync($"/memory/sessions?X-API-Key={Deployment.KeyA}")).ExpectProblem(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Both]
    public async Task Identity_OperatorsKey_ReadsAndWritesNoMemory()
    {
        foreach ((HttpMethod method, string path) in Routes)
        {
            (await Operator.SendAsync(method, path)).ExpectProblem(HttpStatusCode.Forbidden, "forbidden");
        }
    }

    [Both]
    public async Task Identity_TenantNamedByTheClient_IsNotHeeded()
    {
        string session = NewName("s");
        await AppendAsync(session, NewName("u"), ["one"]);

        (await B.SendAsync(HttpMethod.Get, $"/memory/sessions/{session}", null, ("X-Tenant", Deployment.Settings.TenantA), ("tenant", Deployment.Settings.TenantA)))
            .ExpectProblem(HttpStatusCode.NotFound, "not-found");
        (await B.GetAsync($"/memory/sessions?tenant={Deployment.Settings.TenantA}")).ExpectProblem(HttpStatusCode.BadRequest, "validation", ("/tenant", "unknown"));
    }

    [Both]
    public async Task Request_ItsId_IsOnTheAnswer()
    {
        Answer named = await A.SendAsync(HttpMethod.Get, "/memory/sessions?limit=1", null, ("X-Request-ID", "call.7_a-B"));
        Answer other = await A.SendAsync(HttpMethod.Get, "/memory/sessions?limit=1", null, ("X-Request-ID", "no <b>good</b>"));
        Answer failed = await Nobody.SendAsync(HttpMethod.Get, "/memory/sessions", null, ("X-Request-ID", "call-8"));

        named.Headers["X-Request-ID"].ShouldBe("call.7_a-B");
        other.Headers["X-Request-ID"].ShouldNotContain("good");
        other.Headers["X-Request-ID"].ShouldNotBeEmpty();
        failed.Headers["X-Request-ID"].ShouldBe("call-8");
    }

    [Both]
    public async Task Route_Unknown_IsToldApartFromAnUnknownThing()
    {
        Answer answer = await A.GetAsync("/memory/nothing");

        answer.ExpectProblem(HttpStatusCode.NotFound, "unknown-route");
    }

    [Both]
    public async Task Route_OtherMethod_IsNotAllowedAndSaysWhichAre()
    {
        Answer answer = await A.SendAsync(HttpMethod.Put, "/memory/recall");

        answer.ExpectProblem(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        answer.Headers["Allow"].ShouldContain("POST");
    }

    [Both]
    public async Task Cors_NoOriginConfigured_AllowsNone()
    {
        Answer simple = await A.SendAsync(HttpMethod.Get, "/memory/sessions?limit=1", null, ("Origin", "https://evil.example"));
        Answer preflight = await Nobody.SendAsync(
            HttpMethod.Options, "/memory/recall", null, ("Origin", "https://evil.example"), ("Access-Control-Request-Method", "POST"));

        simple.Headers.ShouldNotContainKey("Access-Control-Allow-Origin");
        preflight.Headers.ShouldNotContainKey("Access-Control-Allow-Origin");
    }
}

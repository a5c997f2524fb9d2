using System.Net;
using System.Text.Json;
using MemoryDapr.Conformance.Client;
using MemoryDapr.Conformance.Matrix;
using MemoryDapr.Conformance.Setup;
using Shouldly;

namespace MemoryDapr.Conformance.Scenarios;

public sealed class ManagementScenarios(Deployment deployment) : Scenario(deployment)
{
    [Both]
    public async Task Liveness_WithoutAKey_IsHealthy() => (await Nobody.GetAsync("/healthz")).Expect().Text("status").ShouldBe("healthy");

    [Both]
    public async Task Readiness_WithoutAKey_IsHealthyWithoutDetails()
    {
        JsonElement answer = (await Nobody.GetAsync("/readyz")).Expect();

        answer.Text("status").ShouldBe("healthy");
        answer.Has("dependencies").ShouldBeFalse();
    }

    [Both]
    public async Task Health_InDetail_IsTheOperatorsAlone()
    {
        (await Nobody.GetAsync("/health")).Expect().Has("dependencies").ShouldBeFalse();
        (await A.GetAsync("/health")).Expect().Has("dependencies").ShouldBeFalse();

        JsonElement answer = (await Operator.GetAsync("/health")).Expect();

        answer.Text("version").ShouldNotBeEmpty();
        answer.List("dependencies").ShouldNotBeEmpty();
        answer.List("dependencies").ShouldAllBe(dependency => dependency.Flag("healthy"));
    }

    [Both]
    public async Task Metrics_WhereClientsEnter_AreClosedToThem()
    {
        (await Nobody.GetAsync("/metrics")).Status.ShouldBeOneOf([HttpStatusCode.Unauthorized, HttpStatusCode.NotFound]);
        (await A.GetAsync("/metrics")).Status.ShouldBeOneOf([HttpStatusCode.Unauthorized, HttpStatusCode.NotFound]);
    }

    [Both]
    public async Task Metrics_OfTheService_CountWhatItDoesAndNameNobody()
    {
        string user = NewName("u");
        await AppendIndexedAsync(NewName("s"), user, "My locker code is nightingale.");

        Answer answer = await Metrics.GetAsync("/metrics");

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Text.ShouldContain("# TYPE memory_turns_appended_total counter");
        answer.Text.ShouldContain("memory_append_duration_seconds_bucket");
        answer.Text.ShouldContain("memory_index_lag_seconds_bucket");
        answer.Text.ShouldNotContain(user);
        answer.Text.ShouldNotContain("nightingale");
    }

    [Both]
    public async Task Contract_AsOpenApi_HasEveryRouteWithExamples()
    {
        JsonElement document = (await Nobody.GetAsync("/openapi/v1.json")).Expect();

        string[] paths = [.. document.Get("paths").EnumerateObject().Select(path => path.Name)];
        foreach (string path in new[]
        {
            "/memory/sessions/{sessionId}/turns", "/memory/turns", "/memory/sessions", "/memory/sessions/{sessionId}", "/memory/users/{user}", "/memory/items",
            "/memory/items/{id}", "/memory/items/{id}/history", "/memory/recall", "/memory/distill", "/memory/promote", "/memory/pipelines", "/memory/pipelines/{id}",
            "/memory/citations", "/memory/documents", "/memory/export", "/memory/import", "/memory/jobs",
        })
        {
            paths.ShouldContain(path);
        }

        document.GetRawText().ShouldContain("\"example");
        document.GetRawText().ShouldNotContain("http://", Case.Sensitive, "The service does not know under which host it is reached.");
    }

    [Both]
    public async Task Contract_ItsRequestExamples_AreTakenAsTheyStand()
    {
        JsonElement document = (await Nobody.GetAsync("/openapi/v1.json")).Expect();

        foreach (string path in new[] { "/memory/turns", "/memory/recall", "/memory/promote", "/memory/citations", "/memory/documents" })
        {
            string example = Example(document.Get("paths").Get(path).Get("post"));
            ((int)(await A.PostTextAsync(path, example)).Status).ShouldBeInRange(200, 299, path);
        }
    }

    [Both]
    public async Task Explorer_ItsPage_IsServedWithoutInlineCode()
    {
        Answer page = await Nobody.GetAsync("/");

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.MediaType.ShouldBe("text/html");
        page.Headers["Content-Security-Policy"].ShouldContain("default-src 'none'");
        page.Headers["X-Content-Type-Options"].ShouldBe("nosniff");
        page.Text.ShouldContain("explorer/");
        page.Text.ShouldNotContain("href=\"http", Case.Sensitive, "Every link is relative.");
    }

    [Both]
    public async Task Docs_OfTheContract_AreServed()
    {
        Answer page = await Nobody.GetAsync("/docs");
        if ((int)page.Status is 301 or 302 or 307 or 308)
        {
            page.Headers["Location"].ShouldNotStartWith("http", Case.Sensitive, "Every link is relative.");
            page = await Nobody.GetAsync(new Uri(new Uri("http://x/docs"), page.Headers["Location"]).AbsolutePath);
        }

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.MediaType.ShouldBe("text/html");
    }

    private ApiClient Metrics => field ??= Client(Deployment.OperatorKey, () => Deployment.MetricsUrl);

    private static string Example(JsonElement operation)
    {
        JsonElement content = operation.Get("requestBody").Get("content").Get("application/json");
        return content.Has("example")
            ? content.Get("example").GetRawText()
            : content.Get("examples").EnumerateObject().First().Value.Get("value").GetRawText();
    }
}

using System.Net;
using MemoryDapr.Conformance.Client;
using MemoryDapr.Conformance.Matrix;
using MemoryDapr.Conformance.Setup;
using Shouldly;

namespace MemoryDapr.Conformance.Scenarios;

public sealed class LimitScenarios(Deployment deployment) : Scenario(deployment)
{
    private const int MostRequests = 1000;

    [Both]
    public async Task Body_ThatDoesNotGoOn_IsRefusedInTime()
    {
        Answer answer = await StalledRequest.PostAsync(Deployment.Url, "/memory/recall", Deployment.KeyA!);

        // A sidecar that waits for the body itself refuses in its own way.
        if (Deployment.IsStandalone || answer.IsProblem)
        {
            answer.ExpectProblem(HttpStatusCode.RequestTimeout, "request-timeout");
        }
        else
        {
            ((int)answer.Status).ShouldBeGreaterThanOrEqualTo(400, answer.ToString());
        }
    }

    [Both(Means.Quotas)]
    public async Task Quota_OfWrites_EndsInAProblemThatSaysWhenToComeBack()
    {
        var body = new { memoryIds = Enumerable.Range(0, 100).Select(_ => "d-0123456789abcdef0123-0123456789abcdef01234567"), answerId = "a", verdict = "used" };

        Answer refused = await ExhaustAsync(() => Limited.PostAsync("/memory/citations", body));

        ExpectUsedUp(refused);
    }

    [Both(Means.Quotas)]
    public async Task Quota_OfRecalls_LeavesReadsAndOtherTenantsAlone()
    {
        // From many addresses: what the rate limit lets through from one is hardly more than what comes back to the quota meanwhile.
        HttpClient[] addresses = [.. Enumerable.Range(0, 8).Select(_ => ClientAddress.CreateClient())];
        ApiClient[] clients = [.. addresses.Select(address => new ApiClient(address, () => Deployment.Url, Deployment.KeyLimited))];

        Answer[] refused = await Task.WhenAll(clients.Select(client => ExhaustAsync(() => client.PostAsync("/memory/recall", new { query = "Still there?" }))));

        foreach (HttpClient address in addresses)
        {
            address.Dispose();
        }

        foreach (Answer answer in refused)
        {
            ExpectUsedUp(answer);
        }

        (await Limited.GetAsync("/memory/sessions")).Expect();
        (await B.PostAsync("/memory/recall", new { query = "Still there?" })).Expect();
    }

    [Both(Means.Quotas)]
    public async Task Quota_OfPipelines_LeavesRecallsAndOtherTenantsAlone()
    {
        Answer refused = await ExhaustAsync(() => Limited.PostAsync("/memory/distill", new { sessionId = "none" }));

        ExpectUsedUp(refused);
        await Eventually.SeeAsync(
            "Recalls go on", () => Limited.PostAsync("/memory/recall", new { query = "Still there?" }), answer => answer.Status == HttpStatusCode.OK);
        (await B.PostAsync("/memory/promote", new { user = NewName("u") })).Expect(HttpStatusCode.Accepted);
    }

    [Both(Means.Quotas)]
    public async Task Quota_OfModelTokens_RefusesTurnsAndStoresNothingOfThem()
    {
        string content = new('\u65e5', 32_000);
        int batch = 0;

        Answer refused = await ExhaustAsync(() => Limited.PostAsync(
            $"/memory/sessions/{NewName("s")}/turns", new { turns = Enumerable.Range(0, 9).Select(number => Turn($"t{batch++}", content)) }));

        ExpectUsedUp(refused);
        string session = refused.Request.Split('/')[3];
        (await Limited.GetAsync($"/memory/sessions/{session}")).ExpectProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Both(Means.RateLimit)]
    public async Task RateLimit_OnePathTooOften_IsRefusedForAMoment()
    {
        string path = $"/memory/pipelines/{NewName("distill")}";

        Answer[] answers = await BurstAsync(path);

        answers.Count(answer => answer.Status == HttpStatusCode.TooManyRequests).ShouldBeGreaterThan(0);
        answers.Where(answer => answer.Status == HttpStatusCode.TooManyRequests).ShouldAllBe(answer => !answer.IsProblem);
        answers.Count(answer => answer.Status == HttpStatusCode.NotFound).ShouldBeGreaterThanOrEqualTo(Deployment.Settings.RateLimit);
        await Eventually.SeeAsync("The path is open again", () => A.SendOnceAsync(HttpMethod.Get, path), answer => answer.Status == HttpStatusCode.NotFound);
    }

    [Both(Means.RateLimit)]
    public async Task RateLimit_OfOnePath_LeavesOthersOpen()
    {
        await BurstAsync($"/memory/pipelines/{NewName("distill")}");

        (await A.SendOnceAsync(HttpMethod.Get, $"/memory/pipelines/{NewName("distill")}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Both(Means.RateLimit)]
    public async Task RateLimit_ForwardedAddressesOfTheClient_DoNotGetAroundIt()
    {
        string path = $"/memory/pipelines/{NewName("distill")}";

        Answer[] answers = await BurstAsync(path, number => [("X-Forwarded-For", $"10.0.{number / 250}.{number % 250}"), ("X-Real-IP", $"10.1.{number / 250}.{number % 250}")]);

        answers.Count(answer => answer.Status == HttpStatusCode.TooManyRequests).ShouldBeGreaterThan(0);
    }

    // As fast as it goes, four seconds' worth: more than the bucket holds, however slow the machine.
    private Task<Answer[]> BurstAsync(string path, Func<int, (string Name, string Value)[]>? headers = null) =>
        Task.WhenAll(Enumerable.Range(0, Deployment.Settings.RateLimit * 4).Select(number => A.SendOnceAsync(HttpMethod.Get, path, null, headers?.Invoke(number) ?? [])));

    private static void ExpectUsedUp(Answer answer)
    {
        answer.ExpectProblem(HttpStatusCode.TooManyRequests, "quota-exceeded");
        int.Parse(answer.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(1, 60);
    }

    private static async Task<Answer> ExhaustAsync(Func<Task<Answer>> send)
    {
        for (int sent = 1; ; sent++)
        {
            Answer answer = await send();
            if (answer.Status == HttpStatusCode.TooManyRequests || sent == MostRequests)
            {
                return answer;
            }
        }
    }
}

using System.Net;
using System.Text.Json;
using MemoryDapr.Conformance.Client;
using MemoryDapr.Conformance.Matrix;
using MemoryDapr.Conformance.Setup;
using Shouldly;

namespace MemoryDapr.Conformance.Scenarios;

public sealed class JobScenarios(Deployment deployment) : Scenario(deployment)
{
    [Both]
    public async Task Jobs_EachOfThem_BeatsAndIsDueAgain()
    {
        JsonElement report = await ReportAsync(A, jobs => jobs.Count > 0);

        string[] standard = ["promotion", "sessions", "reconciliation", "retention"];
        standard.ShouldBeSubsetOf(report.List("jobs").Select(job => job.Text("name")));
        foreach (JsonElement job in report.List("jobs"))
        {
            job.Flag("healthy").ShouldBeTrue(job.GetRawText());
            job.Number("heartbeatAgeMs").ShouldBeInRange(0, 24 * 3_600_000);
            job.Number("failures").ShouldBe(0);
            job.Time("nextRunAt");
        }

        report.Flag("healthy").ShouldBeTrue();
    }

    [Both]
    public async Task Jobs_ShownToATenant_TellNothingOfOthers()
    {
        JsonElement report = await ReportAsync(B, jobs => jobs.Count > 0);

        report.List("jobs").ShouldAllBe(job => !job.Has("backlog") && !job.Has("oldestPendingMs"));
    }

    [Both]
    public async Task Jobs_ShownToTheOperator_TellTheBacklog()
    {
        JsonElement report = await ReportAsync(Operator, jobs => jobs.All(job => job.Has("backlog")));

        report.List("jobs").ShouldAllBe(job => job.Number("backlog") >= 0 && job.Number("oldestPendingMs") >= 0);
    }

    [Both]
    public async Task Jobs_ReconciliationRuns_AgainAndAgain()
    {
        DateTimeOffset first = LastRun(await ReportAsync(A, HasRun, TimeSpan.FromMinutes(6))).GetValueOrDefault();

        JsonElement later = await ReportAsync(A, jobs => LastRun(jobs) > first, TimeSpan.FromMinutes(6));

        later.Flag("healthy").ShouldBeTrue(later.GetRawText());
    }

    [Both]
    public async Task Jobs_UnknownParameter_IsRefused() =>
        (await A.GetAsync("/memory/jobs?name=promotion")).ExpectProblem(HttpStatusCode.BadRequest, "validation", ("/name", "unknown"));

    private static bool HasRun(IReadOnlyList<JsonElement> jobs) => LastRun(jobs) is not null;

    private static DateTimeOffset? LastRun(JsonElement report) => LastRun(report.List("jobs"));

    private static DateTimeOffset? LastRun(IReadOnlyList<JsonElement> jobs) =>
        jobs.Where(job => job.Text("name") == "reconciliation" && job.Has("lastRunAt")).Select(job => (DateTimeOffset?)job.Time("lastRunAt")).FirstOrDefault();

    private static Task<JsonElement> ReportAsync(ApiClient client, Func<IReadOnlyList<JsonElement>, bool> isSo, TimeSpan? deadline = null) =>
        Eventually.SeeAsync("The jobs are reported", async () => (await client.GetAsync("/memory/jobs")).Expect(), report => isSo(report.List("jobs")), deadline);
}

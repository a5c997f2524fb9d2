using System.Net.Http.Headers;
using System.Text.Json;
using MemoryDapr.Stores;
using MemoryDapr.Tests.Sessions;
using MemoryDapr.Tests.Stores;
using MemoryDapr.Types;
using MemoryDapr.Upkeep;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Upkeep;

public sealed class UpkeepRunnerTests
{
    [Fact]
    public async Task Run_ThatFails_IsReportedAndRepeatedAtItsNextPeriod()
    {
        var job = new ScriptedJob { Failure = new IOException("The file is full.") };
        await using SessionsApp app = await SessionsApp.StartAsync((services, _) => services.AddSingleton<IUpkeepJob>(job));
        using HttpClient api = app.ClientOf("memory-api");
        await SessionsApp.UntilAsync(async () => (await ReportAsync(api, null)).Jobs.Any(one => one.Name == job.Name));

        app.Clock.Advance(job.Period);
        await SessionsApp.UntilAsync(async () => (await JobAsync(api, null)).Failures == 1);
        JobReport failed = await JobAsync(api, null);
        (failed.Healthy, failed.Error).ShouldBe((false, "IOException: The file is full."));

        // What is other tenants' matter, a tenant does not see.
        JobReport told = await JobAsync(api, "acme");
        (told.Healthy, told.Failures, told.Error, told.Backlog, told.OldestPendingMs).ShouldBe((false, 1, "IOException", null, null));

        job.Failure = null;
        app.Clock.Advance(job.Period);
        await SessionsApp.UntilAsync(async () => (await JobAsync(api, null)).Failures == 0);
        JobReport recovered = await JobAsync(api, null);
        (recovered.Healthy, recovered.Error, recovered.Backlog).ShouldBe((true, null, 7));
    }

    [Fact]
    public async Task Retention_OfPipelines_RemovesFinishedOldOnesAlone()
    {
        await using SessionsApp app = await SessionsApp.StartAsync();
        var options = new UpkeepOptions();
        DateTimeOffset old = app.Clock.GetUtcNow() - options.KeepPipelines - TimeSpan.FromSeconds(1);
        DateTimeOffset recent = app.Clock.GetUtcNow() - options.KeepPipelines + TimeSpan.FromSeconds(1);
        var bert = new Scope("other", "bert");
        PipelineStatus[] statuses = Enum.GetValues<PipelineStatus>();
        await StoreAsync(app, Memories.Anna, [.. statuses.Select(status => Memories.Pipeline($"old-{status}", status) with { UpdatedAt = old })]);
        await StoreAsync(app, Memories.Anna, [.. statuses.Select(status => Memories.Pipeline($"recent-{status}", status) with { UpdatedAt = recent })]);
        await StoreAsync(app, bert, [Memories.Pipeline("old-bert", PipelineStatus.Succeeded, scope: bert) with { UpdatedAt = old }]);
        await app.Store.ApplyAsync(Memories.Batch(Memories.Turn(0, "hello")) with { Sessions = [Memories.Session("s1")] }, CancellationToken.None);
        int beats = 0;

        var job = new RetentionJob(app.Store, app.Actors, options, app.Clock);
        Backlog left = await job.RunAsync(() => Task.FromResult(beats++), CancellationToken.None);

        left.ShouldBe(Backlog.None);
        beats.ShouldBe(1);
        Page<PipelineRecord> kept = await app.Store.ListPipelinesAsync(new PipelineQuery(null, [], null, null, 100), CancellationToken.None);
        kept.Items.Select(pipeline => pipeline.Id).ShouldBe(
            [.. statuses.Select(status => $"recent-{status}"), "old-Queued", "old-Running", "old-Waiting", "old-Failed"], ignoreOrder: true);
        (await app.Store.ListTurnsAsync(Memories.Anna, "s1", 0, 10, CancellationToken.None)).Count.ShouldBe(1);
        (await app.Store.GetSessionAsync("acme", "s1", CancellationToken.None)).ShouldNotBeNull();
    }

    private static Task StoreAsync(SessionsApp app, Scope scope, PipelineRecord[] pipelines) =>
        app.Store.ApplyAsync(new StoreBatch { Scope = scope, Pipelines = pipelines }, CancellationToken.None);

    private static async Task<JobReport> JobAsync(HttpClient api, string? tenant) =>
        (await ReportAsync(api, tenant)).Jobs.Single(job => job.Name == "scripted");

    private static async Task<JobsReport> ReportAsync(HttpClient api, string? tenant)
    {
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new JobsRequest(tenant), MemoryJson.Options));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpResponseMessage answer = await api.PostAsync(new Uri(WorkerRoutes.Jobs, UriKind.Relative), content);
        return JsonSerializer.Deserialize<Outcome<JobsReport>>(await answer.Content.ReadAsStringAsync(), MemoryJson.Options)!.Value!;
    }

    private sealed class ScriptedJob : IUpkeepJob
    {
        public Exception? Failure { get; set; }

        public string Name => "scripted";

        // Both runs together come before the 30 s after which a call to an actor is given up: the answer to the schedule may be under way still.
        public TimeSpan Period => TimeSpan.FromSeconds(10);

        public async Task<Backlog> RunAsync(Func<Task> beat, CancellationToken cancellationToken)
        {
            await beat();
            return Failure is { } failure ? throw failure : new Backlog(7, null);
        }
    }
}

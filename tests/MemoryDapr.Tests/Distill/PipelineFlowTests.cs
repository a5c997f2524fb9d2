using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using MemoryDapr.Distill;
using MemoryDapr.Forget;
using MemoryDapr.Stores;
using MemoryDapr.Stores.Pipelines;
using MemoryDapr.TestKit;
using MemoryDapr.Types;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Distill;

public sealed class PipelineFlowTests
{
    private static readonly (string?, string)[] Story =
        [("Ann", "I moved to Lisbon with 2 cats."), ("Ann", "I repair old clocks for a museum in Porto.")];

    [Fact]
    public async Task Publish_EpisodeAndFact_ReachASubscriberWithTheirData()
    {
        await using WorkerHost host = await WorkerHost.StartAsync();
        await using EventListener listener = await host.ListenAsync();

        PipelineRecord told = await host.DistillAsync("s0", Story);
        JsonElement created = await listener.NextAsync();
        MemoryItem episode = (await host.ListAsync(MemoryKind.Episode)).ShouldHaveSingleItem();
        Check(created, MemoryEvents.EpisodeCreated, $"{told.Id}.{episode.Id}", told.Id, isMerged: false);
        created.GetProperty("data").GetProperty("episodeId").GetString().ShouldBe(episode.Id);
        created.GetProperty("data").GetProperty("sessionId").GetString().ShouldBe("s0");

        for (int telling = 1; telling < 6; telling++)
        {
            PipelineRecord again = await host.DistillAsync($"s{telling}", Story);
            Check(await listener.NextAsync(), MemoryEvents.EpisodeCreated, $"{again.Id}.{episode.Id}", again.Id, isMerged: true);
        }

        string[] promoted = [await NextFactAsync(listener), await NextFactAsync(listener)];
        promoted.Order().ShouldBe((await host.ListAsync(MemoryKind.Fact)).Select(fact => fact.Id).Order());
    }

    [Fact]
    public async Task Distill_OnDemandOverTheRoute_DistilsTheTailOnce()
    {
        await using WorkerHost host = await WorkerHost.StartAsync();
        using HttpClient api = host.CreateApiClient();
        (await host.AppendAsync("one", Story)).PipelineId.ShouldBeNull();
        PipelineRecord first = (await PostAsync(api, new DistillRequest("default", "one"))).Value!;
        (await host.WaitAsync(first.Id)).Status.ShouldBe(PipelineStatus.Succeeded);

        Outcome<PipelineRecord> again = await PostAsync(api, new DistillRequest("default", "one"));
        again.Value!.Id.ShouldBe(first.Id);
        again.Value.Status.ShouldBe(PipelineStatus.Succeeded);
        (await PostAsync(api, new DistillRequest("default", "none"))).Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
        (await host.ListAsync(MemoryKind.Episode)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Step_BetweenTwoAttempts_IsShownAsWaiting()
    {
        await using ScriptedModelServer models = await ScriptedModelServer.StartAsync();
        models.OnChat = call => call.Index == 0 ? ScriptedReply.Error(503) : new SensibleScript().Answer(call);
        await using WorkerHost host = await WorkerHost.StartAsync(models);

        Task<PipelineRecord> distilling = host.DistillAsync("one", Story);
        PipelineRecord waiting = await WaitingAsync(host);

        waiting.Error.ShouldNotBeNull().ShouldContain("ModelUnavailable");
        PipelineView view = (await host.Get<PipelineViews>().GetAsync(new PipelineKey("default", waiting.Id), CancellationToken.None)).Value!;
        view.Pipeline.Status.ShouldBe(PipelineStatus.Waiting);
        view.Steps.ShouldHaveSingleItem().ShouldBeEquivalentTo(
            new PipelineStep("extract", PipelineStatus.Waiting, new Dictionary<string, int>()));
        PipelineRecord ended = await distilling;
        ended.Status.ShouldBe(PipelineStatus.Succeeded);
        ended.Error.ShouldBeNull();
        ended.Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task View_QueuedByItsRecordAndWithSteps_IsShownAsRunning()
    {
        await using WorkerHost host = await WorkerHost.StartAsync();
        PipelineRecord ended = await host.DistillAsync("one", Story);
        PipelineRecord queued = ended with { Status = PipelineStatus.Queued };
        await host.Store.ApplyAsync(new StoreBatch { Scope = WorkerHost.Ann, Pipelines = [queued] }, CancellationToken.None);

        PipelineView view = (await host.Get<PipelineViews>().GetAsync(new PipelineKey("default", ended.Id), CancellationToken.None)).Value!;

        view.Pipeline.Status.ShouldBe(PipelineStatus.Running);
        view.Steps.Select(step => step.Name).ShouldBe(["extract", "merge", "advance", "announce"]);
    }

    [Fact]
    public async Task Schedule_PromotionThatNobodyRecorded_IsRecorded()
    {
        await using WorkerHost host = await WorkerHost.StartAsync();
        var pipeline = new PipelineRecord
        {
            Id = PipelineId.ForPromote(WorkerHost.Ann, "a citation"),
            Scope = WorkerHost.Ann,
            Kind = PipelineKind.Promote,
            Status = PipelineStatus.Queued,
            CreatedAt = TimeProvider.System.GetUtcNow(),
            UpdatedAt = TimeProvider.System.GetUtcNow(),
        };

        await host.Get<IPipelineScheduler>().ScheduleAsync(pipeline, CancellationToken.None);

        (await host.Store.GetPipelineAsync("default", pipeline.Id, CancellationToken.None)).ShouldNotBeNull().Kind.ShouldBe(PipelineKind.Promote);
        (await host.WaitAsync(pipeline.Id)).Status.ShouldBe(PipelineStatus.Succeeded);
    }

    [Fact]
    public async Task Merge_ModelGivesUselessAnswers_CountsTheFallback()
    {
        await using ScriptedModelServer models = await ScriptedModelServer.StartAsync();
        models.OnChat = call => call.Purpose == "merge" ? ScriptedReply.Content("no idea") : new SensibleScript().Answer(call);
        await using WorkerHost host = await WorkerHost.StartAsync(models);
        await host.DistillAsync("one", Story);

        PipelineRecord second = await host.DistillAsync("two", Story);

        PipelineView view = (await host.Get<PipelineViews>().GetAsync(new PipelineKey("default", second.Id), CancellationToken.None)).Value!;
        view.Steps[0].Counts["fallback"].ShouldBe(0);
        view.Steps[1].Counts["fallback"].ShouldBe(1);
        view.Steps[1].Counts["merged"].ShouldBe(1);
    }

    [Fact]
    public async Task Erase_WhileTheModelReads_LeavesNothingBehind()
    {
        await using ScriptedModelServer models = await ScriptedModelServer.StartAsync();
        await using WorkerHost host = await WorkerHost.StartAsync(models);
        models.OnChat = call => ScriptedReply.After(
            async () => await host.Get<Forgetting>().ForgetAsync(new ForgetRequest("default", "one", null, null), CancellationToken.None),
            new SensibleScript().Answer(call));

        PipelineRecord pipeline = await host.DistillAsync("one", Story);

        pipeline.Draft.ShouldBeNull();
        (await host.ListAsync(MemoryKind.Episode)).ShouldBeEmpty();
        (await host.ListAsync(MemoryKind.Fact)).ShouldBeEmpty();
        (await host.ListAsync(MemoryKind.Turn)).ShouldBeEmpty();
    }

    private static void Check(JsonElement heard, string type, string id, string pipelineId, bool isMerged)
    {
        heard.GetProperty("type").GetString().ShouldBe(type);
        heard.GetProperty("id").GetString().ShouldBe(id);
        JsonElement data = heard.GetProperty("data");
        data.GetProperty("tenant").GetString().ShouldBe("default");
        data.GetProperty("user").GetString().ShouldBe("ann");
        data.GetProperty("pipelineId").GetString().ShouldBe(pipelineId);
        data.GetProperty("merged").GetBoolean().ShouldBe(isMerged);
    }

    private static async Task<string> NextFactAsync(EventListener listener)
    {
        JsonElement heard = await listener.NextAsync();
        string fact = heard.GetProperty("data").GetProperty("factId").GetString()!;
        string pipeline = heard.GetProperty("data").GetProperty("pipelineId").GetString()!;
        Check(heard, MemoryEvents.FactPromoted, $"{pipeline}.{fact}", pipeline, isMerged: false);
        return fact;
    }

    private static async Task<PipelineRecord> WaitingAsync(WorkerHost host)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            Page<PipelineRecord> page = await host.Store.ListPipelinesAsync(
                new PipelineQuery("default", [PipelineStatus.Waiting], null, null, 10), limit.Token);
            if (page.Items is [PipelineRecord waiting])
            {
                return waiting;
            }

            await Task.Yield();
        }
    }

    private static async Task<Outcome<PipelineRecord>> PostAsync(HttpClient api, DistillRequest request)
    {
        using var body = new StringContent(JsonSerializer.Serialize(request, MemoryJson.Options), Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await api.PostAsync(new Uri(WorkerRoutes.Distill, UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<Outcome<PipelineRecord>>(MemoryJson.Options))!;
    }
}

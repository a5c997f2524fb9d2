using MemoryDapr.Stores;
using MemoryDapr.Tests.Sessions;
using MemoryDapr.Tests.Stores;
using MemoryDapr.Types;
using MemoryDapr.Upkeep;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using NSubstitute.ExceptionExtensions;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Upkeep;

public sealed class UpkeepJobTests : IAsyncDisposable
{
    private readonly TemporaryStore _files = new();
    private readonly FakeTimeProvider _clock = new(Memories.Start.AddHours(1));
    private readonly RecordingScheduler _scheduler = new();
    private readonly IErasures _erasures = Substitute.For<IErasures>();
    private readonly UpkeepOptions _options = new();
    private int _beats;

    public ValueTask DisposeAsync() => _files.DisposeAsync();

    [Fact]
    public async Task Reconciliation_OfFailedPipelines_WaitsLongerAfterEachAttempt()
    {
        await StoreAsync(Memories.Pipeline("failed", PipelineStatus.Failed) with { Attempts = 3, UpdatedAt = _clock.GetUtcNow() });
        await StoreAsync(Memories.Pipeline("lost", PipelineStatus.Queued) with { UpdatedAt = _clock.GetUtcNow() });
        await StoreAsync(Memories.Pipeline("done", PipelineStatus.Succeeded));

        await RunAsync(Reconciliation());
        _scheduler.Scheduled.ShouldBeEmpty();

        _clock.Advance(TimeSpan.FromMinutes(10));
        Backlog waiting = await RunAsync(Reconciliation());
        _scheduler.Scheduled.Select(pipeline => pipeline.Id).ShouldBe(["lost"]);
        waiting.Count.ShouldBe(2);

        _clock.Advance(TimeSpan.FromMinutes(10));
        await RunAsync(Reconciliation());
        _scheduler.Scheduled.Select(pipeline => pipeline.Id).ShouldContain("failed");
    }

    [Fact]
    public async Task Reconciliation_WithAnErasureThatKeepsFailing_StillSeesToPipelines()
    {
        await StoreAsync(Memories.Pipeline("lost", PipelineStatus.Queued));
        _erasures.ResumeOpenAsync(Arg.Any<int>(), Arg.Any<CancellationToken>()).ThrowsAsync(new IOException("away"));

        await Should.ThrowAsync<IOException>(() => RunAsync(Reconciliation()));

        _scheduler.Scheduled.Select(pipeline => pipeline.Id).ShouldBe(["lost"]);
        _beats.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Promotion_OfScopes_FindsRipeEpisodesThatWereMissed()
    {
        MemoryItem ripe = Memories.Derived(MemoryKind.Episode, 0, "ripe") with { Salience = new SalienceLevel(0.9, _clock.GetUtcNow()) };
        MemoryItem faded = Memories.Derived(MemoryKind.Episode, 1, "faded") with { Salience = new SalienceLevel(0.9, _clock.GetUtcNow().AddDays(-40)) };
        MemoryItem promoted = Memories.Derived(MemoryKind.Episode, 2, "done") with { Salience = ripe.Salience, Promoted = true };
        await _files.Store.ApplyAsync(Memories.Batch(ripe, faded, promoted), CancellationToken.None);
        var job = new PromotionJob(_files.Store, _scheduler, _options, new PromoteOptions(), _clock);

        Backlog found = await RunAsync(job);
        await RunAsync(job);

        found.Count.ShouldBe(1);
        _scheduler.Scheduled.Count.ShouldBe(2);
        _scheduler.Scheduled.Select(pipeline => pipeline.Id).Distinct().ShouldBe([PipelineId.ForPromote(Memories.Anna, ripe.Id)]);
    }

    [Fact]
    public async Task Sessions_BehindForLong_AreWokenThoughOneFails()
    {
        ISessionWindows windows = Substitute.For<ISessionWindows>();
        windows.CatchUpAsync("acme", "b", Arg.Any<CancellationToken>()).ThrowsAsync(new IOException("away"));
        await _files.Store.ApplyAsync(
            new StoreBatch
            {
                Scope = Memories.Anna,
                Sessions = [Memories.Session("a", 1), Memories.Session("b", 2), Memories.Session("done", 3, distilledTo: 3), Memories.Session("new", 59)],
            },
            CancellationToken.None);

        await Should.ThrowAsync<IOException>(() => RunAsync(new SessionsJob(_files.Store, windows, _options, _clock)));

        windows.ReceivedCalls().Select(call => call.GetArguments()[1]).ShouldBe(["b", "a"]);
    }

    private ReconciliationJob Reconciliation() => new(_files.Store, _erasures, _scheduler, _options, _clock);

    private Task<Backlog> RunAsync(IUpkeepJob job) => job.RunAsync(
        () =>
        {
            _beats++;
            return Task.CompletedTask;
        },
        CancellationToken.None);

    private Task StoreAsync(PipelineRecord pipeline) =>
        _files.Store.ApplyAsync(new StoreBatch { Scope = Memories.Anna, Pipelines = [pipeline] }, CancellationToken.None);
}

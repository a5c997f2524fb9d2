using Dapr.Actors;
using MemoryDapr.Tests.Sessions;
using MemoryDapr.Upkeep;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Upkeep;

public sealed class UpkeepActorTests : IAsyncLifetime
{
    private const string Job = "sweep";
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);
    private SessionsApp _app = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await SessionsApp.StartAsync();
        await Keeper.ScheduleAsync([new JobSchedule(Job, Period)]);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Report_WithoutARunForTwoPeriods_IsStale()
    {
        await RunAsync(new Backlog(3, _app.Clock.GetUtcNow().AddSeconds(-2)));
        JobReport healthy = await ReportAsync();
        healthy.ShouldBe(new JobReport(Job, true, Now, Now + Period, 0, 3, 2000, 0, null));

        _app.Clock.Advance((2 * Period) + TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        (await ReportAsync()).Healthy.ShouldBeTrue();
        _app.Clock.Advance(TimeSpan.FromMilliseconds(1));

        JobReport stale = await ReportAsync();
        stale.Healthy.ShouldBeFalse();
        stale.HeartbeatAgeMs.ShouldBe(25 * 60 * 1000);
        (await Keeper.ReportAsync()).Healthy.ShouldBeFalse();
        await RunAsync(Backlog.None);
        (await ReportAsync()).Healthy.ShouldBeTrue();
    }

    [Fact]
    public async Task Report_OfAJobThatNeverRan_IsStaleToo()
    {
        (await ReportAsync()).ShouldBe(new JobReport(Job, true, null, Now + Period, 0, 0, 0, 0, null));
        _app.Clock.Advance(3 * Period);

        // Also over a restart, which schedules anew.
        await _app.RestartAsync();
        await Keeper.ScheduleAsync([new JobSchedule(Job, Period)]);
        (await ReportAsync()).Healthy.ShouldBeFalse();
    }

    [Fact]
    public async Task End_Failed_IsCountedAndToldUntilOneSucceeds()
    {
        await RunAsync(new Backlog(2, null));
        await FailAsync("IOException: first");
        await FailAsync("IOException: the store is away");

        JobReport failed = await ReportAsync();
        (failed.Healthy, failed.Failures, failed.Error, failed.Backlog).ShouldBe((false, 2, "IOException: the store is away", 2));
        JobReport told = (await Keeper.ReportAsync()).ForTenant().Jobs.Single();
        told.ShouldBe(failed with { Backlog = null, OldestPendingMs = null, Error = "IOException" });

        await RunAsync(Backlog.None);
        JobReport recovered = await ReportAsync();
        (recovered.Healthy, recovered.Failures, recovered.Error, recovered.Backlog).ShouldBe((true, 0, null, 0));
        recovered.ForTenant().Error.ShouldBeNull();
    }

    [Fact]
    public async Task TryBegin_WhileARunIsAlive_IsRefused()
    {
        (await Keeper.TryBeginAsync("unknown")).ShouldBeFalse();
        (await Keeper.TryBeginAsync(Job)).ShouldBeTrue();
        (await Keeper.TryBeginAsync(Job)).ShouldBeFalse();

        _app.Clock.Advance(TimeSpan.FromMinutes(4));
        await Keeper.BeatAsync(Job);
        _app.Clock.Advance(TimeSpan.FromMinutes(4));
        (await Keeper.TryBeginAsync(Job)).ShouldBeFalse();

        // Five minutes after its last sign of life it is taken to be dead.
        _app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await Keeper.TryBeginAsync(Job)).ShouldBeTrue();
        (await Keeper.TryBeginAsync(Job)).ShouldBeFalse();

        await Keeper.EndAsync(new JobRun(Job, Backlog.None, null));
        (await Keeper.TryBeginAsync(Job)).ShouldBeTrue();
    }

    private DateTimeOffset Now => _app.Clock.GetUtcNow();

    // Not the worker's own, whose jobs run: one beside it.
    private IUpkeepActor Keeper => _app.Actors.CreateActorProxy<IUpkeepActor>(new ActorId("beside"), nameof(UpkeepActor));

    private async Task RunAsync(Backlog backlog)
    {
        (await Keeper.TryBeginAsync(Job)).ShouldBeTrue();
        await Keeper.EndAsync(new JobRun(Job, backlog, null));
    }

    private async Task FailAsync(string error)
    {
        (await Keeper.TryBeginAsync(Job)).ShouldBeTrue();
        await Keeper.EndAsync(new JobRun(Job, null, error));
    }

    private async Task<JobReport> ReportAsync() => (await Keeper.ReportAsync()).Jobs.ShouldHaveSingleItem();
}

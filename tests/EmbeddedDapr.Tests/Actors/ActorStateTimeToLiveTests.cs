using System.Diagnostics;
using Dapr.Actors.Runtime;
using EmbeddedDapr.Actors;
using Shouldly;
using Xunit;

namespace EmbeddedDapr.Tests.Actors;

public class ActorStateTimeToLiveTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task SetStateAsync_WithTimeToLive_StoresTheRemainingTimeInWholeSecondsRoundedUp()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        await InTurn(app, async state =>
        {
            await state.SetStateAsync("a", 1, TimeSpan.FromMilliseconds(59_200));
            app.Clock.Advance(TimeSpan.FromMilliseconds(100));
        });

        (await RemainingAsync(app)).ShouldBe(60_000);
    }

    [Fact]
    public async Task SetStateAsync_Again_TimeToLiveStartsAgain()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        await InTurn(app, state => state.SetStateAsync("a", 1, Minute));
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        await InTurn(app, state => state.SetStateAsync("a", 1, Minute));

        (await RemainingAsync(app)).ShouldBe(60_000);
    }

    [Fact]
    public async Task SetStateAsync_WithoutTimeToLive_ClearsIt()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        await InTurn(app, state => state.SetStateAsync("a", 1, Minute));
        await InTurn(app, state => state.SetStateAsync("a", 2));

        (await RemainingAsync(app)).ShouldBeNull();
    }

    [Fact]
    public async Task AddOrUpdateStateAsync_CachedName_TimeToLiveIsNotRefreshed()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        await InTurn(app, state => state.SetStateAsync("a", 1, Minute));
        app.Clock.Advance(TimeSpan.FromSeconds(3));
        await InTurn(app, state => state.AddOrUpdateStateAsync("a", 1, (_, value) => value + 1, Minute));

        (await RemainingAsync(app)).ShouldBe(57_000);
    }

    [Fact]
    public async Task AddOrUpdateStateAsync_WithoutTimeToLiveOnALoadedName_DropsIt()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        await InTurn(app, state => state.SetStateAsync("a", 1, Minute));
        await app.RestartAsync();
        await InTurn(app, state => state.AddOrUpdateStateAsync("a", 1, (_, value) => value + 1));

        (await RemainingAsync(app)).ShouldBeNull();
    }

    [Fact]
    public async Task ContainsStateAsync_CachedAndExpired_IsTrueWhileTryGetFindsNothing()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        await InTurn(app, state => state.SetStateAsync("a", 1, Minute));
        app.Clock.Advance(Minute);

        await InTurn(app, async state =>
        {
            (await state.ContainsStateAsync("a")).ShouldBeTrue();
            (await state.TryGetStateAsync<int>("a")).HasValue.ShouldBeFalse();
            await Should.ThrowAsync<KeyNotFoundException>(() => state.GetStateAsync<int>("a"));
            (await state.TryAddStateAsync("a", 2, Minute)).ShouldBeTrue();
        });
    }

    [Fact]
    public async Task TryRemoveStateAsync_CachedAndExpired_IsFalse()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        await InTurn(app, state => state.AddStateAsync("a", 1, Minute));
        app.Clock.Advance(Minute);

        await InTurn(app, async state => (await state.TryRemoveStateAsync("a")).ShouldBeFalse());
    }

    [Fact]
    public async Task TryGetStateAsync_ExpiredBeforeItIsLoaded_FindsNothing()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        await InTurn(app, state => state.SetStateAsync("a", 1, Minute));
        await app.RestartAsync();
        await InTurn(app, async state => (await state.TryGetStateAsync<int>("a")).HasValue.ShouldBeTrue());
        await app.RestartAsync();
        app.Clock.Advance(Minute);

        await InTurn(app, async state =>
        {
            (await state.TryGetStateAsync<int>("a")).HasValue.ShouldBeFalse();
            (await state.ContainsStateAsync("a")).ShouldBeFalse();
        });
    }

    [Fact]
    public async Task Upkeep_ExpiredRows_ArePurgedInBatchesAndOthersStay()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        int expiring = (ActorStateTable.PurgeBatch * 2) + 1;
        await InTurn(app, async state =>
        {
            await state.SetStateAsync("stays", 1);
            await state.SetStateAsync("later", 1, TimeSpan.FromHours(1));
            for (int i = 0; i < expiring; i++)
            {
                await state.SetStateAsync($"row{i}", 1, TimeSpan.FromSeconds(1));
            }
        });
        var purged = new TaskCompletionSource<int>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "EmbeddedDapr.Actors",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.GetTagItem("actors.purged") is int count && count > ActorStateTable.PurgeBatch)
                {
                    purged.TrySetResult(count);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);

        app.Clock.Advance(TimeSpan.FromMinutes(1));

        (await purged.Task.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System)).ShouldBe(expiring);
        (await app.Database.ReadAsync(session => session.Query("SELECT name FROM actor_state ORDER BY name", row => row.GetString(0))))
            .ShouldBe(["later", "stays"]);
    }

    private static async Task InTurn(ActorApp app, Func<IActorStateManager, Task> work)
    {
        app.Probe.Scripts["work"] = async context =>
        {
            await work(context.State);
            return null;
        };
        await app.Actor("one").RunAsync("work");
    }

    private static async Task<long?> RemainingAsync(ActorApp app)
    {
        long? expiresAt = await app.Database.ReadAsync(session =>
            session.Query<long?>("SELECT expires_at FROM actor_state", row => row.IsDBNull(0) ? null : row.GetInt64(0)).Single());
        return expiresAt - app.Clock.GetUtcNow().ToUnixTimeMilliseconds();
    }
}

using Dapr.Actors;
using Dapr.Actors.Runtime;
using Shouldly;
using Xunit;

namespace EmbeddedDapr.Tests.Actors;

public class ActorStateTests
{
    [Fact]
    public async Task Turn_Succeeds_StateSurvivesARestart()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        await InTurn(app, state => state.SetStateAsync("name", new Basket { Items = { ["apple"] = 1 } }));

        await app.RestartAsync();

        Basket? kept = null;
        await InTurn(app, async state => kept = await state.GetStateAsync<Basket>("name"));
        kept!.Items.ShouldBe(new Dictionary<string, int> { ["apple"] = 1 });
    }

    [Fact]
    public async Task Turn_Throws_NothingIsSavedAndTheCacheIsCleared()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        await InTurn(app, state => state.SetStateAsync("a", 1));
        await Should.ThrowAsync<ActorMethodInvocationException>(() => InTurn(app, async state =>
        {
            await state.SetStateAsync("a", 2);
            await state.SetStateAsync("b", 2);
            throw new InvalidOperationException();
        }));

        int a = 0;
        bool b = true;
        await InTurn(app, async state =>
        {
            a = await state.GetStateAsync<int>("a");
            b = await state.ContainsStateAsync("b");
        });
        a.ShouldBe(1);
        b.ShouldBeFalse();
    }

    [Theory]
    [InlineData("page/1")]
    [InlineData("page\\1")]
    [InlineData("page?1")]
    [InlineData("page#1")]
    [InlineData("page%1")]
    [InlineData("page+1")]
    public async Task Name_NotTheSameInAUrl_IsRefused(string name)
    {
        await using ActorApp app = await ActorApp.StartAsync();

        await Should.ThrowAsync<ActorMethodInvocationException>(() => InTurn(app, state => state.SetStateAsync(name, 1)));
        await Should.ThrowAsync<ActorMethodInvocationException>(() => InTurn(app, state => state.TryGetStateAsync<int>(name)));
        await Should.ThrowAsync<ActorMethodInvocationException>(() => InTurn(app, state => state.ContainsStateAsync(name)));
        await Should.ThrowAsync<ActorMethodInvocationException>(() => InTurn(app, state => state.TryRemoveStateAsync(name)));
    }

    [Fact]
    public async Task Turn_ChangesSeveralNames_OneCommitSavesAll()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        await InTurn(app, state => state.SetStateAsync("old", 1));
        await app.Database.WriteAsync(session => session.Execute(
            "CREATE TRIGGER refuse BEFORE INSERT ON actor_state WHEN NEW.name='bad' BEGIN SELECT RAISE(ABORT, 'refused'); END"));

        await Should.ThrowAsync<ActorMethodInvocationException>(() => InTurn(app, async state =>
        {
            await state.SetStateAsync("good", 1);
            await state.RemoveStateAsync("old");
            await state.SetStateAsync("bad", 1);
        }));

        (await NamesAsync(app)).ShouldBe(["old"]);
    }

    [Fact]
    public async Task SaveStateAsync_BeforeTheTurnThrows_WhatWasSavedStays()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        app.Probe.Scripts["save then throw"] = async context =>
        {
            await context.State.SetStateAsync("kept", 1);
            await context.Actor.SaveNowAsync();
            await context.State.SetStateAsync("lost", 1);
            throw new InvalidOperationException();
        };

        await Should.ThrowAsync<ActorMethodInvocationException>(() => app.Actor("one").RunAsync("save then throw"));

        (await NamesAsync(app)).ShouldBe(["kept"]);
    }

    [Fact]
    public async Task OnActivateAsync_WritesState_ItIsSaved()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        app.Probe.Activating = context => context.State.SetStateAsync("born", true);

        await Should.ThrowAsync<ActorMethodInvocationException>(() => InTurn(app, _ => throw new InvalidOperationException()));

        (await NamesAsync(app)).ShouldBe(["born"]);
    }

    [Fact]
    public async Task SaveStateAsync_MoreThanFourMebibytes_TurnFails()
    {
        await using ActorApp app = await ActorApp.StartAsync();

        var failure = await Should.ThrowAsync<ActorMethodInvocationException>(
            () => InTurn(app, state => state.SetStateAsync("big", new string('x', (4 * 1024 * 1024) + 1))));

        failure.InnerException.ShouldBeOfType<ActorInvokeException>().ActualExceptionType.ShouldBe("Dapr.DaprApiException");
        (await NamesAsync(app)).ShouldBeEmpty();
    }

    [Fact]
    public async Task State_OfAnotherActor_IsNotSeen()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        await InTurn(app, state => state.SetStateAsync("mine", 1));
        bool seen = true;
        app.Probe.Scripts["look"] = async context =>
        {
            seen = await context.State.ContainsStateAsync("mine");
            return null;
        };

        await app.Actor("two").RunAsync("look");

        seen.ShouldBeFalse();
    }

    [Fact]
    public async Task AddStateAsync_NameIsTaken_Throws()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        await InTurn(app, async state =>
        {
            await state.AddStateAsync("a", 1);
            await Should.ThrowAsync<InvalidOperationException>(() => state.AddStateAsync("a", 2));
            await Should.ThrowAsync<InvalidOperationException>(() => state.AddStateAsync("a", 2, TimeSpan.FromHours(1)));
            (await state.TryAddStateAsync("a", 3)).ShouldBeFalse();
            (await state.TryAddStateAsync("b", 4)).ShouldBeTrue();
            (await state.GetStateAsync<int>("a")).ShouldBe(1);
        });
        await app.RestartAsync();
        await InTurn(app, async state => (await state.TryAddStateAsync("b", 5)).ShouldBeFalse());
    }

    [Fact]
    public async Task GetStateAsync_NoSuchName_Throws()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        await InTurn(app, async state =>
        {
            await Should.ThrowAsync<KeyNotFoundException>(() => state.GetStateAsync<int>("none"));
            (await state.TryGetStateAsync<int>("none")).HasValue.ShouldBeFalse();
        });
    }

    [Fact]
    public async Task RemoveStateAsync_ThenSaved_NameIsGone()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        await InTurn(app, async state =>
        {
            await state.SetStateAsync("a", 1);
            await state.SetStateAsync("b", 1);
        });
        await app.RestartAsync();
        await InTurn(app, async state =>
        {
            await state.RemoveStateAsync("a");
            (await state.ContainsStateAsync("a")).ShouldBeFalse();
            (await state.TryGetStateAsync<int>("a")).HasValue.ShouldBeFalse();
            (await state.TryRemoveStateAsync("a")).ShouldBeFalse();
            await Should.ThrowAsync<KeyNotFoundException>(() => state.RemoveStateAsync("a"));
            (await state.TryRemoveStateAsync("none")).ShouldBeFalse();
        });

        (await NamesAsync(app)).ShouldBe(["b"]);
        await InTurn(app, async state => (await state.TryAddStateAsync("a", 2)).ShouldBeTrue());
        (await NamesAsync(app)).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task GetOrAddStateAsync_ThereOrNot_AnswersWhatIsThereOrAdds()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        await InTurn(app, async state =>
        {
            (await state.GetOrAddStateAsync("a", 1)).ShouldBe(1);
            (await state.GetOrAddStateAsync("a", 2)).ShouldBe(1);
            (await state.GetOrAddStateAsync("b", 3, TimeSpan.FromSeconds(5))).ShouldBe(3);
        });
        app.Clock.Advance(TimeSpan.FromSeconds(6));
        await InTurn(app, async state => (await state.GetOrAddStateAsync("b", 4, TimeSpan.FromSeconds(5))).ShouldBe(4));
    }

    [Fact]
    public async Task AddOrUpdateStateAsync_ThereOrNot_AddsOrChanges()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        await InTurn(app, async state =>
        {
            (await state.AddOrUpdateStateAsync("a", 1, (_, value) => value + 10)).ShouldBe(1);
            (await state.AddOrUpdateStateAsync("a", 1, (_, value) => value + 10)).ShouldBe(11);
            await state.RemoveStateAsync("a");
            (await state.AddOrUpdateStateAsync("a", 5, (_, value) => value + 10)).ShouldBe(5);
        });
    }

    [Fact]
    public async Task ClearCacheAsync_WithChanges_TheyAreNotSaved()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        await InTurn(app, async state =>
        {
            await state.SetStateAsync("a", 1);
            await state.ClearCacheAsync();
        });

        (await NamesAsync(app)).ShouldBeEmpty();
    }

    [Fact]
    public async Task UnloadStateAsync_ChangedOrNot_RefusesToLoseAChange()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        await InTurn(app, state => state.SetStateAsync("a", 1));
        await app.Database.WriteAsync(session => session.Execute("UPDATE actor_state SET value=$0", "2"u8.ToArray()));
        await InTurn(app, async state =>
        {
            (await state.GetStateAsync<int>("a")).ShouldBe(1, "it is cached");
            await state.UnloadStateAsync("a");
            (await state.GetStateAsync<int>("a")).ShouldBe(2, "it was read again");

            await state.SetStateAsync("a", 3);
            await Should.ThrowAsync<InvalidOperationException>(() => state.UnloadStateAsync("a"));
            await state.UnloadStateAsync("a", new UnloadStateOptions { AllowUnloadingWhenStateModified = true });
            (await state.GetStateAsync<int>("a")).ShouldBe(2, "the change is lost");
        });
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

    private static Task<List<string>> NamesAsync(ActorApp app) =>
        app.Database.ReadAsync(session => session.Query("SELECT name FROM actor_state ORDER BY name", row => row.GetString(0)));
}

using Dapr;
using Dapr.Actors;
using Shouldly;
using Xunit;

namespace EmbeddedDapr.Tests.Actors;

public class ActorLifecycleTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Actor_IdleForAnHour_IsDeactivatedAndFreed()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        await app.Actor("one").TouchAsync();
        (await app.Probe.NextAsync()).ShouldBe("activated one");
        app.Clock.Advance(59 * Minute);
        await app.Actor("one").TouchAsync();
        app.Probe.HasSaid.ShouldBeFalse("it was there all the time");

        app.Clock.Advance(60 * Minute);

        (await app.Probe.NextAsync()).ShouldBe("deactivated one");
        (await app.Probe.NextAsync()).ShouldBe("scope disposed");
        await app.Engine.WhenFreedAsync();
    }

    [Fact]
    public async Task Actor_CalledAfterItWasDeactivated_IsActivatedAgain()
    {
        await using ActorApp app = await ActorApp.StartAsync(options => options.ActorIdleTimeout = Minute);
        await app.Actor("one").TouchAsync();
        app.Clock.Advance(2 * Minute);
        string[] said = [await app.Probe.NextAsync(), await app.Probe.NextAsync(), await app.Probe.NextAsync()];

        await app.Actor("one").TouchAsync();

        said.ShouldBe(["activated one", "deactivated one", "scope disposed"]);
        (await app.Probe.NextAsync()).ShouldBe("activated one");
    }

    [Fact]
    public async Task Actor_InTheMiddleOfATurn_IsNotIdle()
    {
        await using ActorApp app = await ActorApp.StartAsync(options => options.ActorIdleTimeout = Minute);
        var release = new TaskCompletionSource();
        app.Probe.Scripts["wait"] = async _ =>
        {
            app.Probe.Say("waiting");
            await release.Task;
            return null;
        };
        Task running = app.Actor("one").RunAsync("wait");
        (await app.Probe.NextAsync()).ShouldBe("activated one");
        (await app.Probe.NextAsync()).ShouldBe("waiting");

        app.Clock.Advance(Minute);
        app.Clock.Advance(Minute / 2);
        release.SetResult();
        await running;

        app.Probe.HasSaid.ShouldBeFalse();
        app.Engine.ActiveActors.ShouldBe(1);
    }

    [Fact]
    public async Task OnActivateAsync_Throws_CallFailsAndNothingStaysInMemory()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        app.Probe.Activating = _ => throw new InvalidOperationException("not today");

        var failure = await Should.ThrowAsync<ActorMethodInvocationException>(() => app.Actor("one").TouchAsync());

        failure.InnerException!.Message.ShouldBe("not today");
        (await app.Probe.NextAsync()).ShouldBe("activated one");
        (await app.Probe.NextAsync()).ShouldBe("scope disposed");
        await app.Engine.WhenFreedAsync();
    }

    [Fact]
    public async Task StopAsync_TurnRuns_WaitsForItAndDeactivates()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        var release = new TaskCompletionSource();
        app.Probe.Scripts["wait"] = async context =>
        {
            app.Probe.Say("waiting");
            await release.Task;
            await context.State.SetStateAsync("done", true);
            return "done";
        };
        Task<string?> running = app.Actor("one").RunAsync("wait");
        await app.Probe.NextAsync();
        (await app.Probe.NextAsync()).ShouldBe("waiting");
        IProbeActor other = app.Actor("two");

        Task stopping = app.StopAppAsync();
        await app.Engine.WhenStoppingAsync();
        await Should.ThrowAsync<DaprApiException>(() => other.TouchAsync());
        release.SetResult();
        await stopping;

        (await running).ShouldBe("done");
        (await app.Probe.NextAsync()).ShouldBe("deactivated one");
        app.Engine.ActiveActors.ShouldBe(0);
    }

    [Fact]
    public async Task StopAsync_TurnDoesNotEnd_ItsTokenIsCancelledAfterTheDrainTimeout()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        app.Probe.Scripts["wait"] = async context =>
        {
            app.Probe.Say("waiting");
            await Task.Delay(Timeout.InfiniteTimeSpan, app.Clock, context.CancellationToken);
            return null;
        };
        Task running = app.Actor("one").RunAsync("wait");
        await app.Probe.NextAsync();
        (await app.Probe.NextAsync()).ShouldBe("waiting");

        Task stopping = app.StopAppAsync();
        await app.Engine.WhenStoppingAsync();
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        await stopping;

        await Should.ThrowAsync<ActorMethodInvocationException>(() => running);
    }
}

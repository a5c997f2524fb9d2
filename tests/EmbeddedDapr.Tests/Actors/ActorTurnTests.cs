using System.Collections.Concurrent;
using System.Diagnostics;
using Dapr.Actors;
using Shouldly;
using Xunit;

namespace EmbeddedDapr.Tests.Actors;

public class ActorTurnTests
{
    [Fact]
    public async Task RunAsync_ManyCallsOfOneActor_RunOneAtATimeInTheOrderTheyCame()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        int inside = 0;
        var order = new ConcurrentQueue<string?>();
        app.Probe.Scripts["work"] = async context =>
        {
            Interlocked.Increment(ref inside).ShouldBe(1);
            await Task.Yield();
            order.Enqueue(context.Argument);
            Interlocked.Decrement(ref inside);
            return null;
        };
        IProbeActor actor = app.Actor("one");

        string[] expected = [.. Enumerable.Range(0, 200).Select(i => i.ToString("D3", null))];
        await Task.WhenAll(expected.Select(number => actor.RunAsync("work", number)));

        order.ShouldBe(expected);
    }

    [Fact]
    public async Task RunAsync_TwoActors_RunAtTheSameTime()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        var first = new TaskCompletionSource();
        var second = new TaskCompletionSource();
        app.Probe.Scripts["meet"] = async context =>
        {
            (context.Argument == "1" ? first : second).SetResult();
            await (context.Argument == "1" ? second : first).Task;
            return context.Argument;
        };

        string?[] answers = await Task.WhenAll(app.Actor("one").RunAsync("meet", "1"), app.Actor("two").RunAsync("meet", "2"));

        answers.ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task AddAsync_MutableArgumentAndResult_AreNeverShared()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        IProbeActor actor = app.Actor("one");
        var mine = new Basket();

        Basket first = await actor.AddAsync(mine, "apple", 1);
        first.Items["stolen"] = 9;
        Basket second = await actor.AddAsync(new Basket(), "pear", 2);

        mine.Items.ShouldBeEmpty();
        second.Items.ShouldBe(new Dictionary<string, int> { ["apple"] = 1, ["pear"] = 2 });
    }

    [Fact]
    public async Task RunAsync_MethodThrows_CallerGetsTypeNameAndMessageOnly()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        app.Probe.Scripts["fail"] = _ => throw new InvalidOperationException("boom", new FormatException("inner"));

        var failure = await Should.ThrowAsync<ActorMethodInvocationException>(() => app.Actor("one").RunAsync("fail"));

        ActorInvokeException cause = failure.InnerException.ShouldBeOfType<ActorInvokeException>();
        cause.ActualExceptionType.ShouldBe("System.InvalidOperationException");
        cause.Message.ShouldBe("boom");
        cause.InnerException.ShouldBeNull();
        failure.IsTransient.ShouldBeFalse();
    }

    [Fact]
    public async Task RunAsync_CallerHasASpan_TurnRunsUnderIt()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        app.Probe.Scripts["trace"] = _ => Task.FromResult<string?>(Activity.Current?.TraceId.ToString());
        using Activity caller = new Activity("caller").Start();

        string? seen = await app.Actor("one").RunAsync("trace");

        seen.ShouldBe(caller.TraceId.ToString());
    }

    [Fact]
    public async Task RunAsync_SomeoneListens_SpanIsNamedAfterTypeAndMethod()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        app.Probe.Scripts["trace"] = _ => Task.FromResult<string?>(Activity.Current?.OperationName);
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "EmbeddedDapr.Actors",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);

        (await app.Actor("one").RunAsync("trace")).ShouldBe("actor.ProbeActor.RunAsync");
    }

    [Fact]
    public async Task RunAsync_CallerHasAmbientValues_ActorDoesNotSeeThem()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        var ambient = new AsyncLocal<string?> { Value = "mine" };
        app.Probe.Scripts["look"] = _ => Task.FromResult<string?>(ambient.Value);

        (await app.Actor("one").RunAsync("look")).ShouldBeNull();
    }
}

using EmbeddedDapr.Invocation;
using EmbeddedDapr.Invocation.Policies;
using EmbeddedDapr.Resources;
using Microsoft.Extensions.Time.Testing;
using Polly.CircuitBreaker;
using Shouldly;
using Xunit;

namespace EmbeddedDapr.Tests.Invocation;

public sealed class BreakerTests
{
    private static readonly BreakerPolicy Policy =
        new(1, TimeSpan.Zero, TimeSpan.FromSeconds(10), TripRule.Parse("consecutiveFailures >= 2"));

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Enter_HalfOpen_AdmitsOneProbeAndItsFailureOpensAgain()
    {
        Breaker breaker = Open();
        breaker.Enter().ShouldBeNull();
        _time.Advance(Policy.Timeout);

        long probe = breaker.Enter()!.Value;
        breaker.Enter().ShouldBeNull();
        breaker.Leave(probe, succeeded: false);

        breaker.Enter().ShouldBeNull();
    }

    [Fact]
    public void Leave_OutcomeOfAnEarlierGeneration_ChangesNothing()
    {
        Breaker breaker = new("t", Policy, _time);
        long early = breaker.Enter()!.Value;
        Fail(breaker);
        Fail(breaker);
        _time.Advance(Policy.Timeout);
        breaker.Enter().ShouldNotBeNull();

        breaker.Leave(early, succeeded: true);

        breaker.Enter().ShouldBeNull();
    }

    [Fact]
    public async Task Execute_BreakerOpen_IsNotRetried()
    {
        RetryPolicy retry = new(Exponential: false, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), -1, null);
        PolicyPipeline pipeline = new("t", new TargetPolicy(null, retry, Policy), Open(), _time, () => 0.5);

        await Should.ThrowAsync<BrokenCircuitException>(() => pipeline.ExecuteAsync(_ => Task.CompletedTask, CancellationToken.None));
    }

    [Fact]
    public void Get_CacheFull_TheOneUnusedForLongestGoes()
    {
        int made = 0;
        LeastRecentlyUsed<string, int> cache = new(2, _ => ++made);
        cache.Get("a");
        cache.Get("b");
        cache.Get("a");
        cache.Get("c");

        cache.Get("a").ShouldBe(1);
        cache.Get("b").ShouldBe(4);
        cache.Count.ShouldBe(2);
    }

    private static void Fail(Breaker breaker) => breaker.Leave(breaker.Enter()!.Value, succeeded: false);

    private Breaker Open()
    {
        Breaker breaker = new("t", Policy, _time);
        Fail(breaker);
        Fail(breaker);
        return breaker;
    }
}

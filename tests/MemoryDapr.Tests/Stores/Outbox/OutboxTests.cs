using Dapr.Actors;
using MemoryDapr.Stores.Outbox;
using MemoryDapr.Tests.Sessions;
using MemoryDapr.Types;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;
using EventOutbox = MemoryDapr.Stores.Outbox.Outbox;

namespace MemoryDapr.Tests.Stores.Outbox;

public sealed class OutboxTests : IAsyncLifetime
{
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(30);
    private readonly ScriptedBroker _broker = new();
    private SessionsApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await SessionsApp.StartAsync(
        (services, _) => services.AddSingleton(_broker.Client).AddHostedService<OutboxPublisher>());

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Add_BrokerUp_IsPublishedAndNothingIsLeft()
    {
        await AddAsync("e0", "e1");

        await UntilEmptyAsync();

        _broker.Published.ShouldBe(
            [("e0", MemoryEvents.Erased, MemoryEvents.Erased, """{"of":"e0"}"""), ("e1", MemoryEvents.Erased, MemoryEvents.Erased, """{"of":"e1"}""")]);
        _app.Clock.Advance(RetryPeriod);
        await SessionsApp.UntilAsync(async () => (await _app.NamesAsync("actor_reminder", nameof(OutboxActor), "acme")).Count == 0);
        _broker.Published.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Add_BrokerDown_IsKeptOverARestartAndBroughtByTheReminder()
    {
        _broker.Refuses = _ => true;
        await AddAsync("e0", "e1", "e2");
        await SessionsApp.UntilAsync(() => Task.FromResult(_broker.Refusals > 0));

        // What was signalled in memory is gone with the process; what was added is not.
        await _app.RestartAsync();
        (await Actor.PeekAsync()).Events.Select(one => one.Id).ShouldBe(["e0", "e1", "e2"]);
        _broker.Published.ShouldBeEmpty();
        int refusals = _broker.Refusals;
        _broker.Refuses = id => id == "e1";

        _app.Clock.Advance(RetryPeriod);
        await SessionsApp.UntilAsync(() => Task.FromResult(_broker.Refusals > refusals));
        _broker.Published.Select(one => one.Id).ShouldBe(["e0"]);
        (await Actor.PeekAsync()).Events.Count.ShouldBe(3);

        // In order, and the one that was published before the failure again under its id.
        _broker.Refuses = _ => false;
        _app.Clock.Advance(RetryPeriod);
        await UntilEmptyAsync();
        _broker.Published.Select(one => one.Id).ShouldBe(["e0", "e0", "e1", "e2"]);
        (await _app.NamesAsync("actor_state", nameof(OutboxActor), "acme")).ShouldBe(["place"]);
    }

    [Fact]
    public async Task Acknowledge_Again_ForgetsNothingThatCameLater()
    {
        _broker.Refuses = _ => true;
        await AddAsync("e0", "e1");
        OutboxPage page = await Actor.PeekAsync();
        await AddAsync("e2");

        await Actor.AcknowledgeAsync(page.Next);
        await Actor.AcknowledgeAsync(page.Next);

        (await Actor.PeekAsync()).Events.ShouldHaveSingleItem().Id.ShouldBe("e2");
        (await _app.NamesAsync("actor_state", nameof(OutboxActor), "acme")).ShouldBe(["page-2", "place"], ignoreOrder: true);
    }

    [Fact]
    public async Task Add_ManyAtOnce_ShareFewPagesInTheirOrder()
    {
        const int Count = 500;
        _broker.Refuses = _ => true;
        EventOutbox outbox = _app.Services.GetRequiredService<EventOutbox>();
        string[] ids = [.. Enumerable.Range(0, Count).Select(number => $"e{number}")];

        await Task.WhenAll(ids.Select(id => outbox.AddAsync("acme", MemoryEvents.Erased, id, new { of = id }, CancellationToken.None)));

        (await _app.NamesAsync("actor_state", nameof(OutboxActor), "acme")).Count.ShouldBeLessThan(Count / 2);
        _broker.Refuses = _ => false;
        _app.Clock.Advance(RetryPeriod);
        await UntilEmptyAsync();
        _broker.Published.Select(one => one.Id).Distinct().ShouldBe(ids);
    }

    [Fact]
    public async Task Add_MoreThanOneCallTakes_IsKeptAllTheSame()
    {
        _broker.Refuses = _ => true;
        EventOutbox outbox = _app.Services.GetRequiredService<EventOutbox>();
        string large = new('x', 200_000);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(
            number => outbox.AddAsync("acme", MemoryEvents.Erased, $"e{number}", new { of = large }, CancellationToken.None)));

        (await _app.NamesAsync("actor_state", nameof(OutboxActor), "acme")).Count.ShouldBe(41);
    }

    private IOutboxActor Actor => _app.Actors.CreateActorProxy<IOutboxActor>(new ActorId("acme"), nameof(OutboxActor));

    private async Task AddAsync(params string[] ids)
    {
        EventOutbox outbox = _app.Services.GetRequiredService<EventOutbox>();
        foreach (string id in ids)
        {
            await outbox.AddAsync("acme", MemoryEvents.Erased, id, new { of = id }, CancellationToken.None);
        }
    }

    private Task UntilEmptyAsync() => SessionsApp.UntilAsync(async () => (await Actor.PeekAsync()).Events.Count == 0);
}

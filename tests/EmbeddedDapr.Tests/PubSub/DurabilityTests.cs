using System.Diagnostics.Metrics;
using Dapr;
using EmbeddedDapr.PubSub;
using EmbeddedDapr.Resources;
using Shouldly;
using Xunit;
using static EmbeddedDapr.Tests.PubSub.BrokerFixture;

namespace EmbeddedDapr.Tests.PubSub;

public sealed class DurabilityTests
{
    [Fact]
    public async Task Publish_ThenKill_IsDeliveredAfterRestart()
    {
        await using BrokerFixture before = Open(Subscription());
        await before.PublishAsync("one");

        await using BrokerFixture after = before.OpenAsAfterKill(Subscription());
        await after.StartAsync();

        (await after.NextAsync()).Id.ShouldBe("one");
        await DeliveryTests.EmptyAsync(after);
    }

    [Fact]
    public async Task Deliver_KilledBeforeTheAnswer_ComesAgain()
    {
        await using BrokerFixture before = Open(Subscription());
        TaskCompletionSource release = new();
        before.Answer = async _ =>
        {
            await release.Task;
            return (200, string.Empty);
        };
        await before.StartAsync();
        await before.PublishAsync("one");
        await before.NextAsync();

        await using BrokerFixture after = before.OpenAsAfterKill(Subscription());
        await after.StartAsync();

        (await after.NextAsync()).Id.ShouldBe("one");
        release.SetResult();
    }

    [Fact]
    public async Task Deliver_KilledAfterTheSettlement_DoesNotComeAgain()
    {
        await using BrokerFixture before = Open(Subscription(bulk: new BulkSubscribe(2, TimeSpan.Zero)));
        TaskCompletionSource release = new();
        before.Answer = async delivery =>
        {
            // The second attempt stays open: answered, it would use up its retries, and the event would be put off for a minute.
            if (delivery.EventIds is ["b"])
            {
                await release.Task;
            }

            return delivery.Answer(id => id == "a" ? "SUCCESS" : "RETRY");
        };
        await BulkDeliveryTests.PublishTogetherAsync(before, "a", "b");
        await before.StartAsync(new RetryTimes(3));
        await before.NextAsync();
        // The second attempt starts after the first one's settlement.
        (await before.NextAsync()).EventIds.ShouldBe(["b"]);

        await using BrokerFixture after = before.OpenAsAfterKill(Subscription(bulk: new BulkSubscribe(2, TimeSpan.Zero)));
        after.Answer = delivery => Task.FromResult(delivery.Answer(_ => "SUCCESS"));
        await after.StartAsync();

        (await after.NextAsync()).EventIds.ShouldBe(["b"]);
        await DeliveryTests.EmptyAsync(after);
        release.SetResult();
    }

    [Fact]
    public async Task Publish_TopicWithoutSubscribers_KeepsNothing()
    {
        await using BrokerFixture broker = Open(Subscription());

        await broker.PublishAsync("one", topic: "another");

        (await broker.Database.ReadAsync(session => session.Scalar<int>("SELECT COUNT(*) FROM pubsub_event"))).ShouldBe(0);
    }

    [Fact]
    public async Task Publish_TwoSubscriptions_EachGetsTheEvent()
    {
        await using BrokerFixture broker = Open(Subscription(path: "/first"), Subscription(path: "/second") with { Name = "another" });
        await broker.StartAsync();

        await broker.PublishAsync("one");

        string[] paths = [(await broker.NextAsync()).Path, (await broker.NextAsync()).Path];
        paths.ShouldBe(["/first", "/second"], ignoreOrder: true);
    }

    [Fact]
    public async Task Publish_AppNamedInTheScopeIsNotUpYet_IsKeptForIt()
    {
        await using BrokerFixture broker = Open(Subscription());
        await broker.PublishAsync("one");
        await broker.PublishAsync("two");

        await broker.StartAsync();

        string[] ids = [(await broker.NextAsync()).Id, (await broker.NextAsync()).Id];
        ids.ShouldBe(["one", "two"], ignoreOrder: true);
    }

    [Fact]
    public async Task Publish_QueueFull_ThrowsAndKeepsNothingOfIt()
    {
        await using BrokerFixture broker = Open(Subscription(), Subscription(app: "other") with { Name = "another" });
        EventQueue queue = broker.Broker.Join("app").Single();
        queue.TryReserve(EventQueue.MaxDepth - 1).ShouldBeTrue();
        await broker.PublishAsync("last");

        DaprException failure = await Should.ThrowAsync<DaprException>(() => broker.PublishAsync("beyond"));

        failure.Message.ShouldContain("full");
        (await broker.Database.ReadAsync(session => session.Scalar<int>("SELECT COUNT(*) FROM pubsub_event"))).ShouldBe(2);
        broker.Broker.Join("other").Single().Depth.ShouldBe(1);
    }

    [Fact]
    public void Open_SubscriptionDeclaredTwice_IsRefused() =>
        Should.Throw<InvalidOperationException>(
            () => new Broker(database: null!, [Subscription(), Subscription("other") with { Name = "on-topic" }], depths: []))
            .Message.ShouldContain("on-topic");

    [Fact]
    public async Task Open_QueueHeldEvents_CountsThemAgain()
    {
        await using BrokerFixture before = Open(Subscription());
        await before.PublishAsync("one");
        await before.PublishAsync("two");

        await using BrokerFixture after = before.OpenAsAfterKill(Subscription());

        after.Broker.Join("app").Single().Depth.ShouldBe(2);
    }

    [Fact]
    public async Task Publish_StorageFails_Throws()
    {
        await using BrokerFixture broker = Open(Subscription());
        await broker.Database.WriteAsync(session => { session.Execute("ALTER TABLE pubsub_event RENAME TO hidden"); });

        await Should.ThrowAsync<DaprException>(() => broker.PublishAsync("one"));

        broker.Broker.Join("app").Single().Depth.ShouldBe(0);
    }

    [Fact]
    public async Task Deliver_StorageFailsAtTheSettlement_ComesAgain()
    {
        ArmedTimeProvider time = new();
        await using BrokerFixture broker = Open(time, Subscription());
        TaskCompletionSource broken = new();
        broker.Answer = async _ =>
        {
            await broken.Task;
            return (200, string.Empty);
        };
        await broker.StartAsync();
        await broker.PublishAsync("one");
        await broker.NextAsync();

        await broker.Database.WriteAsync(session => { session.Execute("ALTER TABLE pubsub_event RENAME TO hidden"); });
        broken.SetResult();
        TimeSpan wait = await time.NextWaitAsync();
        await broker.Database.WriteAsync(session => { session.Execute("ALTER TABLE hidden RENAME TO pubsub_event"); });
        time.Advance(wait);

        (await broker.NextAsync()).Id.ShouldBe("one");
        await DeliveryTests.EmptyAsync(broker);
    }

    [Fact]
    public async Task Deliver_Events_AreCounted()
    {
        await using BrokerFixture broker = Open(
            Subscription("counted", deadLetterTopic: "counted-dead", bulk: new BulkSubscribe(3, TimeSpan.Zero)),
            Subscription("counted-dead", path: "/dead"));
        Dictionary<string, long> counts = [];
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "EmbeddedDapr")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (tags.ToArray().Contains(new("topic", "counted")))
            {
                counts[instrument.Name] = counts.GetValueOrDefault(instrument.Name) + value;
            }
        });
        listener.Start();
        broker.Answer = delivery =>
            Task.FromResult(delivery.Path == "/dead" ? (200, string.Empty) : delivery.Answer(id => id switch { "a" => "SUCCESS", "b" => "RETRY", _ => "DROP" }));
        await broker.Publisher.PublishAsync("pubsub", "counted", [Message("a"), Message("b"), Message("c")], CancellationToken.None);

        await broker.StartAsync(new RetryTimes(1));
        for (int i = 0; i < 4; i++)
        {
            // Two attempts and two dead letters.
            await broker.NextAsync();
        }

        await DeliveryTests.EmptyAsync(broker, "counted");

        counts["dapr.pubsub.delivered"].ShouldBe(1);
        counts["dapr.pubsub.retried"].ShouldBe(2);
        counts["dapr.pubsub.dead_lettered"].ShouldBe(2);
    }
}

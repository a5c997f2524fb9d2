using EmbeddedDapr.Resources;
using Shouldly;
using Xunit;
using static EmbeddedDapr.Tests.PubSub.BrokerFixture;

namespace EmbeddedDapr.Tests.PubSub;

public sealed class BulkDeliveryTests
{
    private static readonly BulkSubscribe AtOnce = new(3, TimeSpan.Zero);

    [Fact]
    public async Task Deliver_Bulk_HasDaprsShape()
    {
        await using BrokerFixture broker = Open(Subscription(bulk: AtOnce));
        broker.Answer = delivery => Task.FromResult(delivery.Answer(_ => "SUCCESS"));
        await PublishTogetherAsync(broker, "a", "b", "c");
        await broker.StartAsync();

        Delivery bulk = await broker.NextAsync();

        bulk.ContentType.ShouldBe("application/json");
        bulk.Body.GetProperty("pubsubname").GetString().ShouldBe("pubsub");
        bulk.Body.GetProperty("topic").GetString().ShouldBe("topic");
        bulk.Body.GetProperty("type").GetString().ShouldBe("com.dapr.event.sent.bulk");
        bulk.Body.GetProperty("metadata").GetProperty("pubsubName").GetString().ShouldBe("pubsub");
        bulk.Id.ShouldNotBeEmpty();
        bulk.EventIds.ShouldBe(["a", "b", "c"]);
        bulk.Entries[0].GetProperty("contentType").GetString().ShouldBe("application/cloudevents+json");
        bulk.Entries.Select(entry => entry.GetProperty("entryId").GetString()).Distinct().Count().ShouldBe(3);
        await DeliveryTests.EmptyAsync(broker);
    }

    [Fact]
    public async Task Deliver_MoreThanABulk_ComesInFullBulks()
    {
        await using BrokerFixture broker = Open(Subscription(bulk: new BulkSubscribe(50, TimeSpan.FromSeconds(30))));
        broker.Answer = delivery => Task.FromResult(delivery.Answer(_ => "SUCCESS"));
        await PublishTogetherAsync(broker, [.. Enumerable.Range(0, 200).Select(i => $"e{i}")]);
        await broker.StartAsync();

        for (int i = 0; i < 4; i++)
        {
            (await broker.NextAsync()).Entries.Count.ShouldBe(50);
        }

        await DeliveryTests.EmptyAsync(broker);
    }

    [Fact]
    public async Task Deliver_FewerThanABulk_WaitsForTheDeclaredTime()
    {
        ArmedTimeProvider time = new();
        await using BrokerFixture broker = Open(time, Subscription(bulk: new BulkSubscribe(50, TimeSpan.FromSeconds(1))));
        broker.Answer = delivery => Task.FromResult(delivery.Answer(_ => "SUCCESS"));
        await broker.StartAsync();

        await PublishTogetherAsync(broker, "a", "b");
        (await time.NextWaitAsync()).ShouldBe(TimeSpan.FromSeconds(1));
        broker.HasMore.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(1));

        (await broker.NextAsync()).EventIds.ShouldBe(["a", "b"]);
        await DeliveryTests.EmptyAsync(broker);
    }

    [Theory]
    [InlineData("RETRY")]
    [InlineData("")]
    [InlineData("SOMETHING")]
    [InlineData(null)]
    public async Task Deliver_EntryAnsweredRetry_ComesAgainAlone(string? answer)
    {
        await using BrokerFixture broker = Open(Subscription(bulk: AtOnce));
        int calls = 0;
        broker.Answer = delivery =>
        {
            bool first = Interlocked.Increment(ref calls) == 1;
            return Task.FromResult(delivery.Answer(id => first && id == "b" ? answer : "SUCCESS"));
        };
        await PublishTogetherAsync(broker, "a", "b", "c");
        await broker.StartAsync(new RetryTimes(3));

        (await broker.NextAsync()).EventIds.ShouldBe(["a", "b", "c"]);
        (await broker.NextAsync()).EventIds.ShouldBe(["b"]);
        await DeliveryTests.EmptyAsync(broker);
        calls.ShouldBe(2);
    }

    [Theory]
    [InlineData(500, "")]
    [InlineData(200, "")]
    [InlineData(200, "not json")]
    [InlineData(200, """{"statuses":7}""")]
    public async Task Deliver_WholeBulkFails_AllComeAgain(int status, string answer)
    {
        await using BrokerFixture broker = Open(Subscription(bulk: AtOnce));
        int calls = 0;
        broker.Answer = delivery =>
            Task.FromResult(Interlocked.Increment(ref calls) == 1 ? (status, answer) : delivery.Answer(_ => "SUCCESS"));
        await PublishTogetherAsync(broker, "a", "b", "c");
        await broker.StartAsync(new RetryTimes(3));

        (await broker.NextAsync()).EventIds.ShouldBe(["a", "b", "c"]);
        (await broker.NextAsync()).EventIds.ShouldBe(["a", "b", "c"]);
        await DeliveryTests.EmptyAsync(broker);
    }

    [Fact]
    public async Task Deliver_EntryDropped_GoesToTheDeadLetterTopicAndTheOthersDoNot()
    {
        await using BrokerFixture broker = Open(Subscription(bulk: AtOnce, deadLetterTopic: "dead"), Subscription("dead", path: "/dead"));
        broker.Answer = delivery =>
            Task.FromResult(delivery.Path == "/dead" ? (200, string.Empty) : delivery.Answer(id => id == "b" ? "DROP" : "SUCCESS"));
        await PublishTogetherAsync(broker, "a", "b", "c");
        await broker.StartAsync(new RetryTimes(3));

        (await broker.NextAsync()).Path.ShouldBe("/events");
        (await broker.NextAsync()).Id.ShouldBe("b");
        await DeliveryTests.EmptyAsync(broker);
        await DeliveryTests.EmptyAsync(broker, "dead");
        broker.HasMore.ShouldBeFalse();
    }

    [Fact]
    public async Task Deliver_EntryKeepsAskingForRetry_GoesToTheDeadLetterTopicAfterThePolicy()
    {
        await using BrokerFixture broker = Open(Subscription(bulk: AtOnce, deadLetterTopic: "dead"), Subscription("dead", path: "/dead"));
        broker.Answer = delivery =>
            Task.FromResult(delivery.Path == "/dead" ? (200, string.Empty) : delivery.Answer(id => id == "b" ? "RETRY" : "SUCCESS"));
        await PublishTogetherAsync(broker, "a", "b", "c");
        await broker.StartAsync(new RetryTimes(2));

        (await broker.NextAsync()).Entries.Count.ShouldBe(3);
        (await broker.NextAsync()).EventIds.ShouldBe(["b"]);
        (await broker.NextAsync()).EventIds.ShouldBe(["b"]);
        Delivery letter = await broker.NextAsync();
        letter.Path.ShouldBe("/dead");
        letter.Id.ShouldBe("b");
    }

    [Fact]
    public async Task Deliver_EntryUnderRetry_DoesNotHoldBackTheNextBulk()
    {
        await using BrokerFixture broker = Open(Subscription(bulk: AtOnce));
        TaskCompletionSource release = new();
        int calls = 0;
        broker.Answer = async delivery =>
        {
            int call = Interlocked.Increment(ref calls);
            if (call == 2)
            {
                await release.Task;
            }

            return delivery.Answer(id => call == 1 && id == "b" ? "RETRY" : "SUCCESS");
        };
        await PublishTogetherAsync(broker, "a", "b", "c");
        await broker.StartAsync(new RetryTimes(2));
        await broker.NextAsync();
        (await broker.NextAsync()).EventIds.ShouldBe(["b"]);

        await PublishTogetherAsync(broker, "d", "e", "f");

        (await broker.NextAsync()).EventIds.ShouldBe(["d", "e", "f"]);
        release.SetResult();
        await DeliveryTests.EmptyAsync(broker);
    }

    internal static Task PublishTogetherAsync(BrokerFixture broker, params string[] ids) => broker.Publisher.PublishAsync(
        "pubsub", "topic", [.. ids.Select(id => Message(id))], CancellationToken.None);
}

using System.Diagnostics;
using EmbeddedDapr.PubSub;
using Shouldly;
using Xunit;
using static EmbeddedDapr.Tests.PubSub.BrokerFixture;

namespace EmbeddedDapr.Tests.PubSub;

public sealed class DeliveryTests
{
    [Fact]
    public async Task Deliver_PublishedEvent_ArrivesOnTheRouteAsACloudEvent()
    {
        await using BrokerFixture broker = Open(Subscription(path: "/events/turns"));
        await broker.StartAsync();

        await broker.PublishAsync("one");

        Delivery delivery = await broker.NextAsync();
        delivery.Path.ShouldBe("/events/turns");
        delivery.ContentType.ShouldBe("application/cloudevents+json");
        delivery.Id.ShouldBe("one");
        delivery.Body.GetProperty("data").GetProperty("n").GetInt32().ShouldBe(1);
        await EmptyAsync(broker);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"status":""}""")]
    [InlineData("""{"status":"SUCCESS"}""")]
    [InlineData("[]")]
    public async Task Deliver_2xxThatSaysNothingElse_IsSuccess(string answer)
    {
        await using BrokerFixture broker = Open(Subscription());
        broker.Answer = _ => Task.FromResult((200, answer));
        await broker.StartAsync(new RetryTimes(5));

        await broker.PublishAsync("one");

        await broker.NextAsync();
        await EmptyAsync(broker);
        broker.HasMore.ShouldBeFalse();
    }

    [Theory]
    [InlineData(200, """{"status":"RETRY"}""")]
    [InlineData(200, """{"status":"success"}""")]
    [InlineData(200, """{"status":"WHATEVER"}""")]
    [InlineData(500, "")]
    [InlineData(400, "")]
    [InlineData(302, "")]
    public async Task Deliver_AnsweredRetryOrAnotherCode_ComesAgain(int status, string answer)
    {
        await using BrokerFixture broker = Open(Subscription());
        int calls = 0;
        broker.Answer = _ => Task.FromResult(Interlocked.Increment(ref calls) < 3 ? (status, answer) : (200, string.Empty));
        await broker.StartAsync(new RetryTimes(5));

        await broker.PublishAsync("one");

        for (int i = 0; i < 3; i++)
        {
            (await broker.NextAsync()).Id.ShouldBe("one");
        }

        await EmptyAsync(broker);
        calls.ShouldBe(3);
    }

    [Theory]
    [InlineData(200, """{"status":"DROP"}""")]
    [InlineData(404, "")]
    public async Task Deliver_Drop_GoesToTheDeadLetterTopic(int status, string answer)
    {
        await using BrokerFixture broker = Open(Subscription(deadLetterTopic: "dead"), Subscription("dead", path: "/dead"));
        broker.Answer = delivery => Task.FromResult(delivery.Path == "/dead" ? (200, string.Empty) : (status, answer));
        await broker.StartAsync(new RetryTimes(5));

        await broker.PublishAsync("one");

        (await broker.NextAsync()).Path.ShouldBe("/events");
        Delivery letter = await broker.NextAsync();
        letter.Path.ShouldBe("/dead");
        letter.Id.ShouldBe("one");
        letter.Body.GetProperty("topic").GetString().ShouldBe("topic");
        await EmptyAsync(broker);
        await EmptyAsync(broker, "dead");
    }

    [Fact]
    public async Task Deliver_DropWithoutDeadLetterTopic_IsGone()
    {
        await using BrokerFixture broker = Open(Subscription());
        broker.Answer = _ => Task.FromResult((200, """{"status":"DROP"}"""));
        await broker.StartAsync(new RetryTimes(5));

        await broker.PublishAsync("one");

        await broker.NextAsync();
        await EmptyAsync(broker);
        broker.HasMore.ShouldBeFalse();
    }

    [Fact]
    public async Task Deliver_PolicyExhausted_GoesToTheDeadLetterTopic()
    {
        await using BrokerFixture broker = Open(Subscription(deadLetterTopic: "dead"), Subscription("dead", path: "/dead"));
        broker.Answer = delivery => Task.FromResult((delivery.Path == "/dead" ? 200 : 500, string.Empty));
        await broker.StartAsync(new RetryTimes(2));

        await broker.PublishAsync("one");

        (await Paths(broker, 4)).ShouldBe(["/events", "/events", "/events", "/dead"]);
    }

    [Fact]
    public async Task Deliver_DeadLetterTopicAndNoPolicy_OneFailureGoesStraightThere()
    {
        await using BrokerFixture broker = Open(Subscription(deadLetterTopic: "dead"), Subscription("dead", path: "/dead"));
        broker.Answer = delivery => Task.FromResult((delivery.Path == "/dead" ? 200 : 500, string.Empty));
        await broker.StartAsync(new RetryTimes(0));

        await broker.PublishAsync("one");

        (await Paths(broker, 2)).ShouldBe(["/events", "/dead"]);
    }

    [Fact]
    public async Task Deliver_FailureWithoutPolicyAndDeadLetterTopic_ComesAgainAfterTheRedeliveryDelay()
    {
        ArmedTimeProvider time = new();
        await using BrokerFixture broker = Open(time, Subscription());
        int calls = 0;
        broker.Answer = _ => Task.FromResult((Interlocked.Increment(ref calls) == 1 ? 500 : 200, string.Empty));
        await broker.StartAsync();

        await broker.PublishAsync("one");
        await broker.NextAsync();
        (await time.NextWaitAsync()).ShouldBe(QueueDelivery.RedeliveryDelay);
        broker.HasMore.ShouldBeFalse();
        time.Advance(QueueDelivery.RedeliveryDelay);

        (await broker.NextAsync()).Id.ShouldBe("one");
        await EmptyAsync(broker);
    }

    [Fact]
    public async Task Deliver_TimeToLivePassed_IsNeverDelivered()
    {
        ArmedTimeProvider time = new();
        await using BrokerFixture broker = Open(time, Subscription(deadLetterTopic: "dead"), Subscription("dead", app: "other"));
        await broker.PublishAsync("short", metadata: ("ttlInSeconds", "5"));
        await broker.PublishAsync("long", metadata: ("ttlInSeconds", "60"));
        time.Advance(TimeSpan.FromSeconds(10));

        await broker.StartAsync();

        (await broker.NextAsync()).Id.ShouldBe("long");
        await EmptyAsync(broker);
        broker.HasMore.ShouldBeFalse();
        (await broker.Database.ReadAsync(session => session.Scalar<int>("SELECT COUNT(*) FROM pubsub_event WHERE queue = 'other/on-dead'")))
            .ShouldBe(1);
    }

    [Fact]
    public async Task Deliver_RuleMatchesType_TakesItsRoute()
    {
        await using BrokerFixture broker = Open(Subscription(
            path: "/default", rules: new EmbeddedDapr.Resources.SubscriptionRule("""event.type == "special" """, "/special")));
        await broker.StartAsync();

        await broker.PublishAsync("one", metadata: ("cloudevent.type", "special"));
        (await broker.NextAsync()).Path.ShouldBe("/special");
        await broker.PublishAsync("two");
        (await broker.NextAsync()).Path.ShouldBe("/default");
    }

    [Fact]
    public async Task Deliver_NoRouteMatches_GoesToTheDeadLetterTopic()
    {
        await using BrokerFixture broker = Open(
            Subscription(deadLetterTopic: "dead", path: null, rules: new EmbeddedDapr.Resources.SubscriptionRule("""event.type == "x" """, "/x")),
            Subscription("dead", path: "/dead"));
        await broker.StartAsync();

        await broker.PublishAsync("one");

        (await broker.NextAsync()).Path.ShouldBe("/dead");
    }

    [Fact]
    public async Task Deliver_ManyEvents_NeverMoreThanTheBoundAtOnce()
    {
        await using BrokerFixture broker = Open(Subscription());
        TaskCompletionSource release = new();
        broker.Answer = async _ =>
        {
            await release.Task;
            return (200, string.Empty);
        };
        await broker.StartAsync();
        foreach (int i in Enumerable.Range(0, QueuePump.MaxInFlight + 20))
        {
            await broker.PublishAsync($"e{i}");
        }

        HashSet<string> first = [];
        for (int i = 0; i < QueuePump.MaxInFlight; i++)
        {
            first.Add((await broker.NextAsync()).Id);
        }

        first.ShouldBe(Enumerable.Range(0, QueuePump.MaxInFlight).Select(i => $"e{i}"), ignoreOrder: true);
        broker.HasMore.ShouldBeFalse();
        release.SetResult();
        for (int i = 0; i < 20; i++)
        {
            await broker.NextAsync();
        }

        await EmptyAsync(broker);
    }

    [Fact]
    public async Task Stop_DeliveryRunning_WaitsForItsAnswerAndSettlesIt()
    {
        await using BrokerFixture broker = Open(Subscription());
        TaskCompletionSource release = new();
        broker.Answer = async _ =>
        {
            await release.Task;
            return (200, string.Empty);
        };
        await broker.StartAsync();
        await broker.PublishAsync("one");
        await broker.NextAsync();

        Task stop = broker.StopAsync();
        stop.IsCompleted.ShouldBeFalse();
        release.SetResult();
        await stop;

        (await broker.DepthAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Stop_DeliveryFailing_LeavesTheEventInTheQueue()
    {
        await using BrokerFixture broker = Open(Subscription(deadLetterTopic: "dead"));
        TaskCompletionSource release = new();
        broker.Answer = async _ =>
        {
            await release.Task;
            return (500, string.Empty);
        };
        await broker.StartAsync(new RetryTimes(5));
        await broker.PublishAsync("one");
        await broker.NextAsync();

        Task stop = broker.StopAsync();
        release.SetResult();
        await stop;

        (await broker.DepthAsync()).ShouldBe(1);
        broker.HasMore.ShouldBeFalse();
    }

    [Fact]
    public async Task Deliver_EventWithTraceParent_CarriesItToTheApp()
    {
        await using BrokerFixture broker = Open(Subscription());
        await broker.StartAsync();
        const string trace = "0af7651916cd43dd8448eb211c80319c";

        await broker.PublishAsync("one", metadata: ("cloudevent.traceparent", $"00-{trace}-b7ad6b7169203331-01"));

        (await broker.NextAsync()).TraceParent.ShouldNotBeNull().ShouldContain(trace);
    }

    [Fact]
    public async Task Deliver_SomeoneListens_SpansTheRequestAsAChildOfThePublisher()
    {
        List<Activity> spans = [];
        const string trace = "1af7651916cd43dd8448eb211c80319c";
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == "EmbeddedDapr.PubSub",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.TraceId.ToHexString() == trace ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using BrokerFixture broker = Open(Subscription());
        await broker.StartAsync();

        await broker.PublishAsync("one", metadata: ("cloudevent.traceparent", $"00-{trace}-b7ad6b7169203331-01"));
        Delivery delivery = await broker.NextAsync();
        await EmptyAsync(broker);

        spans.Select(span => span.OperationName).ShouldBe(["pubsub.settle", "pubsub.deliver"]);
        Activity deliver = spans[1];
        deliver.ParentSpanId.ToHexString().ShouldBe("b7ad6b7169203331");
        delivery.TraceParent.ShouldBe(deliver.Id);
    }

    internal static async Task EmptyAsync(BrokerFixture broker, string topic = "topic")
    {
        // The answer is settled after the app has given it: the drain is the signal that it was.
        await broker.StopAsync();
        (await broker.DepthAsync(topic)).ShouldBe(0);
    }

    private static async Task<List<string>> Paths(BrokerFixture broker, int count)
    {
        List<string> paths = [];
        for (int i = 0; i < count; i++)
        {
            paths.Add((await broker.NextAsync()).Path);
        }

        return paths;
    }
}

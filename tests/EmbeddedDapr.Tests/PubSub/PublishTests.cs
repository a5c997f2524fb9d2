using System.Threading.Channels;
using Dapr;
using Dapr.AspNetCore;
using Dapr.Client;
using EmbeddedDapr.PubSub;
using EmbeddedDapr.Tests.Invocation;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace EmbeddedDapr.Tests.PubSub;

/// <summary>From the SDK's client of one app, through the declared subscription and policies, to the route of another.</summary>
public sealed class PublishTests
{
    private const string Single =
        """
        apiVersion: dapr.io/v2alpha1
        kind: Subscription
        metadata: {name: turns}
        spec:
          pubsubname: memory-pubsub
          topic: turns
          routes: {default: /events/turns}
          deadLetterTopic: turns.dead
        scopes: [worker]
        """;

    private const string Dead =
        """
        apiVersion: dapr.io/v2alpha1
        kind: Subscription
        metadata: {name: dead}
        spec:
          pubsubname: memory-pubsub
          topic: turns.dead
          routes: {default: /events/dead}
        scopes: [worker]
        """;

    private const string Bulk =
        """
        apiVersion: dapr.io/v2alpha1
        kind: Subscription
        metadata: {name: citations}
        spec:
          pubsubname: memory-pubsub
          topic: citations
          routes: {default: /events/citations}
          bulkSubscribe: {enabled: true, maxMessagesCount: 2, maxAwaitDurationMs: 1000}
        scopes: [worker]
        """;

    private const string Retry =
        """
        apiVersion: dapr.io/v1alpha1
        kind: Resiliency
        metadata: {name: memory}
        spec:
          policies:
            retries:
              twice: {policy: constant, duration: 1ms, maxRetries: 2, matching: {httpStatusCodes: "500-599"}}
          targets:
            components:
              memory-pubsub: {inbound: {retry: twice}}
        """;

    [Fact]
    public async Task Publish_SubscribedRouteBehindUseCloudEvents_SeesTheData()
    {
        await using TestRuntime runtime = TestRuntime.Open(resources: ("turns.yaml", Single));
        Channel<string> seen = await StartWorkerAsync(runtime, useCloudEvents: true);
        DaprClient client = await StartPublisherAsync(runtime);

        await client.PublishEventAsync("memory-pubsub", "turns", new { Text = "hello" });

        (await ReadAsync(seen)).ShouldBe("""/events/turns application/json {"text":"hello"}""");
    }

    [Fact]
    public async Task Publish_CloudEvent_KeepsItsAttributes()
    {
        await using TestRuntime runtime = TestRuntime.Open(resources: ("turns.yaml", Single));
        Channel<string> seen = await StartWorkerAsync(runtime);
        DaprClient client = await StartPublisherAsync(runtime);

        await client.PublishEventAsync("memory-pubsub", "turns", new CloudEvent<int>(7) { Type = "mine", Source = new Uri("urn:me"), Subject = "s" });

        string envelope = await ReadAsync(seen);
        envelope.ShouldStartWith("/events/turns application/cloudevents+json ");
        envelope.ShouldContain("\"type\":\"mine\"");
        envelope.ShouldContain("\"source\":\"urn:me\"");
        envelope.ShouldContain("\"subject\":\"s\"");
        envelope.ShouldContain("\"data\":7");
    }

    [Fact]
    public async Task Publish_MetadataAndNoData_MakeTheEnvelope()
    {
        await using TestRuntime runtime = TestRuntime.Open(resources: ("turns.yaml", Single));
        Channel<string> seen = await StartWorkerAsync(runtime);
        DaprClient client = await StartPublisherAsync(runtime);

        await client.PublishEventAsync("memory-pubsub", "turns");
        (await ReadAsync(seen)).ShouldContain("\"source\":\"api\"");
        await client.PublishEventAsync("memory-pubsub", "turns", new Dictionary<string, string> { ["cloudevent.id"] = "mine" });
        (await ReadAsync(seen)).ShouldContain("\"id\":\"mine\"");
        await client.PublishEventAsync("memory-pubsub", "turns", "text", new Dictionary<string, string> { ["cloudevent.type"] = "t" });
        string last = await ReadAsync(seen);
        last.ShouldContain("\"type\":\"t\"");
        last.ShouldContain("\"data\":\"text\"");
    }

    [Fact]
    public async Task BulkPublish_BulkSubscription_ArrivesAsOneBulkForTheSdkTypes()
    {
        await using TestRuntime runtime = TestRuntime.Open(resources: ("citations.yaml", Bulk));
        Channel<string> seen = Channel.CreateUnbounded<string>();
        WebApplication worker = runtime.Build("worker");
        worker.MapPost("/events/citations", (BulkSubscribeMessage<BulkMessageModel<int>> bulk) =>
        {
            seen.Writer.TryWrite($"{bulk.Topic} {string.Join(',', bulk.Entries.Select(entry => entry.Event.Data))} {bulk.Entries[0].Event.Source}");
            return new BulkSubscribeAppResponse(
                [.. bulk.Entries.Select(entry => new BulkSubscribeAppResponseEntry(entry.EntryId, BulkSubscribeAppResponseStatus.SUCCESS))]);
        });
        await worker.StartAsync();
        DaprClient client = await StartPublisherAsync(runtime);

        BulkPublishResponse<int> response = await client.BulkPublishEventAsync("memory-pubsub", "citations", [1, 2]);

        response.FailedEntries.ShouldBeEmpty();
        (await ReadAsync(seen)).ShouldBe("citations 1,2 api");
        await worker.StopAsync();
        runtime.Runtime.Broker.Join("worker").Single().Depth.ShouldBe(0);
    }

    [Fact]
    public async Task BulkPublish_QueueFull_NamesEveryEntryThatFailed()
    {
        await using TestRuntime runtime = TestRuntime.Open(resources: ("citations.yaml", Bulk));
        DaprClient client = await StartPublisherAsync(runtime);
        runtime.Runtime.Broker.Join("worker").Single().TryReserve(EventQueue.MaxDepth).ShouldBeTrue();

        BulkPublishResponse<int> response = await client.BulkPublishEventAsync(
            "memory-pubsub", "citations", [7, 8], new Dictionary<string, string> { ["k"] = "v" });

        response.FailedEntries.Select(failed => (failed.Entry.EntryId, failed.Entry.EventData)).ShouldBe([("0", 7), ("1", 8)]);
        response.FailedEntries[0].ErrorMessage.ShouldContain("full");
        response.FailedEntries[0].Entry.ContentType.ShouldBe("application/json");
        response.FailedEntries[0].Entry.Metadata!["k"].ShouldBe("v");
    }

    [Fact]
    public async Task Deliver_InboundRetryDeclared_IsFollowedBeforeTheDeadLetterTopic()
    {
        await using TestRuntime runtime = TestRuntime.Open(resources: [("turns.yaml", Single), ("dead.yaml", Dead), ("resiliency.yaml", Retry)]);
        Channel<string> seen = await StartWorkerAsync(runtime, status: 503);
        DaprClient client = await StartPublisherAsync(runtime);

        await client.PublishEventAsync("memory-pubsub", "turns", 1);

        (await PathsAsync(seen, 4)).ShouldBe(["/events/turns", "/events/turns", "/events/turns", "/events/dead"]);
    }

    [Fact]
    public async Task Deliver_StatusThatTheRetryDoesNotMatch_GoesStraightToTheDeadLetterTopic()
    {
        await using TestRuntime runtime = TestRuntime.Open(resources: [("turns.yaml", Single), ("dead.yaml", Dead), ("resiliency.yaml", Retry)]);
        Channel<string> seen = await StartWorkerAsync(runtime, status: 400);
        DaprClient client = await StartPublisherAsync(runtime);

        await client.PublishEventAsync("memory-pubsub", "turns", 1);

        (await PathsAsync(seen, 2)).ShouldBe(["/events/turns", "/events/dead"]);
    }

    private static async Task<Channel<string>> StartWorkerAsync(TestRuntime runtime, bool useCloudEvents = false, int status = 200)
    {
        Channel<string> seen = Channel.CreateUnbounded<string>();
        WebApplication app = runtime.Build("worker");
        if (useCloudEvents)
        {
            app.UseCloudEvents();
        }

        app.Run(async context =>
        {
            using StreamReader reader = new(context.Request.Body);
            string body = await reader.ReadToEndAsync();
            context.Response.StatusCode = context.Request.Path == "/events/dead" ? 200 : status;
            seen.Writer.TryWrite($"{context.Request.Path} {context.Request.ContentType} {body}");
        });
        await app.StartAsync();
        return seen;
    }

    private static async Task<DaprClient> StartPublisherAsync(TestRuntime runtime)
    {
        WebApplication app = runtime.Build("api", builder => builder.Services.AddDaprClient());
        await app.StartAsync();
        return app.Services.GetRequiredService<DaprClient>();
    }

    private static Task<string> ReadAsync(Channel<string> seen) =>
        seen.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    private static async Task<List<string>> PathsAsync(Channel<string> seen, int count)
    {
        List<string> paths = [];
        for (int i = 0; i < count; i++)
        {
            paths.Add((await ReadAsync(seen)).Split(' ')[0]);
        }

        return paths;
    }
}

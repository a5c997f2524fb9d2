using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using EmbeddedDapr.PubSub;
using EmbeddedDapr.Resources;
using EmbeddedDapr.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace EmbeddedDapr.Tests.PubSub;

/// <summary>A broker over a file of its own, and a subscribing app behind a real socket that answers as the test says.</summary>
internal sealed class BrokerFixture : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Delivery> _deliveries = Channel.CreateUnbounded<Delivery>();
    private AppSubscriptions? _subscriptions;

    private BrokerFixture(string directory, TimeProvider time, IReadOnlyList<Subscription> subscriptions)
    {
        Directory = directory;
        Time = time;
        Dictionary<string, int> depths = [];
        Database = GroupCommitDatabase.Open(Path.Combine(directory, "dapr.db"), session =>
        {
            QueueTable.Migrate(session);
            depths = QueueTable.Depths(session);
        });
        Broker = new Broker(Database, subscriptions, depths);
        Publisher = new EventPublisher(Broker, "publisher", time);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(ServeAsync);
    }

    public string Directory { get; }

    public TimeProvider Time { get; }

    public GroupCommitDatabase Database { get; }

    public Broker Broker { get; }

    public EventPublisher Publisher { get; }

    /// <summary>What the app answers; may wait.</summary>
    public Func<Delivery, Task<(int Status, string Body)>> Answer { get; set; } = _ => Task.FromResult((200, string.Empty));

    public static BrokerFixture Open(TimeProvider time, params Subscription[] subscriptions) =>
        new(System.IO.Directory.CreateTempSubdirectory("pubsub-").FullName, time, subscriptions);

    public static BrokerFixture Open(params Subscription[] subscriptions) => Open(TimeProvider.System, subscriptions);

    /// <summary>A second process over the files as they lie on the disk at this moment: what a kill would leave.</summary>
    public BrokerFixture OpenAsAfterKill(params Subscription[] subscriptions)
    {
        string copy = System.IO.Directory.CreateTempSubdirectory("pubsub-").FullName;
        foreach (string file in System.IO.Directory.GetFiles(Directory, "dapr.db*").Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return new BrokerFixture(copy, Time, subscriptions);
    }

    public static Subscription Subscription(
        string topic = "topic", string? deadLetterTopic = null, BulkSubscribe? bulk = null, string? path = "/events", string app = "app",
        params SubscriptionRule[] rules) =>
        new("on-" + topic, "pubsub", topic, rules, path, deadLetterTopic, bulk, [app]);

    public async Task StartAsync(IInboundPolicy? policy = null)
    {
        await _app.StartAsync();
        RedirectHandler channel = new(new Uri(_app.Urls.Single()));
        _subscriptions = new AppSubscriptions(
            Broker, "app", channel, _ => policy ?? new RetryTimes(0), Time, NullLogger<AppSubscriptions>.Instance);
        await _subscriptions.StartedAsync(CancellationToken.None);
    }

    public Task StopAsync(CancellationToken cancellationToken = default) => _subscriptions!.StoppingAsync(cancellationToken);

    public Task PublishAsync(string id, string topic = "topic", params (string Key, string Value)[] metadata) =>
        Publisher.PublishAsync("pubsub", topic, Message(id, metadata), CancellationToken.None);

    public static EventMessage Message(string id, params (string Key, string Value)[] metadata)
    {
        Dictionary<string, string> all = metadata.ToDictionary(pair => pair.Key, pair => pair.Value);
        all["cloudevent.id"] = id;
        return new EventMessage("""{"n":1}"""u8.ToArray(), "application/json", all);
    }

    public async Task<Delivery> NextAsync() =>
        await _deliveries.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public bool HasMore => _deliveries.Reader.TryPeek(out _);

    public Task<int> DepthAsync(string topic = "topic") => Database.ReadAsync(session =>
        session.Scalar<int>("SELECT COUNT(*) FROM pubsub_event WHERE queue = $0", "app/on-" + topic));

    public async ValueTask DisposeAsync()
    {
        if (_subscriptions is not null)
        {
            await _subscriptions.DisposeAsync();
        }

        await _app.DisposeAsync();
        await Database.DisposeAsync();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private async Task ServeAsync(HttpContext context)
    {
        using JsonDocument body = await JsonDocument.ParseAsync(context.Request.Body);
        Delivery delivery = new(
            context.Request.Path, context.Request.ContentType, context.Request.Headers.TraceParent, body.RootElement.Clone());
        Task<(int Status, string Body)> answer = Answer(delivery);
        _deliveries.Writer.TryWrite(delivery);
        (int status, string text) = await answer;
        context.Response.StatusCode = status;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text));
    }

    private sealed class RedirectHandler(Uri address) : DelegatingHandler(new SocketsHttpHandler { ActivityHeadersPropagator = null })
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(address, request.RequestUri!.PathAndQuery);
            if (System.Diagnostics.Activity.Current is { } activity)
            {
                request.Headers.TryAddWithoutValidation("traceparent", activity.Id);
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedDapr.PubSub;

/// <summary>
/// Delivers an app's subscriptions for as long as the app is up: from when its host has started, as daprd waits for the app's port,
/// until its host begins to stop, while the app can still finish and answer what is under way.
/// </summary>
internal sealed class AppSubscriptions(
    Broker broker, string appId, HttpMessageHandler channel, Func<string, IInboundPolicy> policyOf, TimeProvider time, ILogger<AppSubscriptions> logger)
    : IHostedLifecycleService, IAsyncDisposable
{
    private readonly HttpMessageInvoker _channel = new(channel, disposeHandler: true);
    private readonly List<QueuePump> _pumps = [];

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        AppRoute route = new(_channel, appId);
        foreach (EventQueue queue in broker.Join(appId))
        {
            IEventSender sender = queue.Subscription.Bulk is { } bulk
                ? new BulkSender(route, queue.Subscription, bulk, time)
                : new SingleSender(route);
            QueuePump pump = new(broker, queue, sender, policyOf(queue.Subscription.PubsubName), time, logger);
            _pumps.Add(pump);
            pump.Start();
        }

        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.WhenAll(_pumps.Select(pump => pump.StopAsync(cancellationToken)));

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (QueuePump pump in _pumps)
        {
            await pump.DisposeAsync();
        }

        _channel.Dispose();
    }
}

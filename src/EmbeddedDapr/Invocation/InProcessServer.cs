using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace EmbeddedDapr.Invocation;

/// <summary>
/// The app's server. It hands the app's pipeline to the runtime for requests from within the process, and starts the listener with
/// the same pipeline if the app keeps one.
/// </summary>
internal sealed class InProcessServer(AppRegistry apps, string appId, IServer? listener, ILogger<InProcessServer> logger) : IServer
{
    private readonly FeatureCollection _features = new();
#pragma warning disable CA1859 // The suggested type has a type parameter of StartAsync alone.
    private IInProcessApplication? _application;
#pragma warning restore CA1859

    public IFeatureCollection Features => listener?.Features ?? _features;

    public async Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        if (listener is not null)
        {
            await listener.StartAsync(application, cancellationToken);
        }

        _application = new InProcessApplication<TContext>(application, logger);
        apps.Up(appId, _application);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        apps.Down(appId);
        await Task.WhenAll(_application?.DrainAsync(cancellationToken) ?? Task.CompletedTask, listener?.StopAsync(cancellationToken) ?? Task.CompletedTask);
    }

    // The container owns the listener.
    public void Dispose() => _application?.Dispose();
}

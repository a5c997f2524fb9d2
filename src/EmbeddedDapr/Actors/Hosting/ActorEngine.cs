using System.Diagnostics;
using System.Diagnostics.Metrics;
using Dapr.Actors.Client;
using Dapr.Actors.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedDapr.Actors;

/// <summary>Hosts an app's actors for as long as the app runs.</summary>
internal sealed partial class ActorEngine : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan DefaultDrainTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShortestUpkeep = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestUpkeep = TimeSpan.FromMinutes(1);

    private readonly ActorDirectory _directory;
    private readonly ActorStateTable _state;
    private readonly ReminderScheduler _scheduler;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Dictionary<string, ActorTypeHost> _hosts = new(StringComparer.Ordinal);
    private readonly TimeSpan _drainTimeout;
    private readonly CancellationTokenSource _stopping = new();
    private Task _upkeep = Task.CompletedTask;
    private bool _disposed;

    public ActorEngine(EmbeddedSidecar sidecar, ActorRuntimeOptions options, IServiceScopeFactory scopes, ILoggerFactory loggers, IMeterFactory meters)
    {
        _directory = sidecar.Runtime.Actors;
        _time = sidecar.Runtime.Time;
        _log = loggers.CreateLogger("EmbeddedDapr.Actors");
        _state = new ActorStateTable(sidecar.Runtime.Database);
        var reminders = new ReminderTable(sidecar.Runtime.Database);
        _scheduler = new ReminderScheduler(reminders, _time, _log);
        var defaults = new ActorProxyOptions
        {
            UseJsonSerialization = options.UseJsonSerialization,
            JsonSerializerOptions = options.JsonSerializerOptions,
        };
        Proxies = new ActorProxyFactory(_directory, defaults, _time);
        if (options.Actors.Count > 0 && !options.UseJsonSerialization)
        {
            throw new InvalidOperationException("Set ActorRuntimeOptions.UseJsonSerialization: the embedded runtime speaks JSON alone.");
        }

        var hosting = new ActorHosting(
            _directory, _state, new ActorReminders(reminders, _scheduler, _time), Proxies, scopes, loggers, _time);
        foreach (ActorRegistration registration in options.Actors)
        {
#pragma warning disable CA2000 // DisposeAsync disposes of all.
            var host = new ActorTypeHost(registration, options, hosting);
#pragma warning restore CA2000
            _directory.Add(host);
            _hosts.Add(host.Name, host);
        }

#pragma warning disable CA2000 // The factory disposes of its meters.
        meters.Create("EmbeddedDapr").CreateObservableUpDownCounter(
            "dapr.actors.active",
            () => _hosts.Values.Select(host => new Measurement<int>(host.Count, new KeyValuePair<string, object?>("actor.type", host.Name))),
            "{actor}",
            "Actors that have a place in memory.");
#pragma warning restore CA2000
        _drainTimeout = _hosts.Values.Max(host => host.DrainTimeout) ?? options.DrainOngoingCallTimeout ?? DefaultDrainTimeout;
    }

    public IActorProxyFactory Proxies { get; }

    /// <summary>How many actors have a place in memory.</summary>
    public int ActiveActors => _hosts.Values.Sum(host => host.Count);

    /// <summary>Whether new turns are refused.</summary>
    public bool IsDraining => _hosts.Values.All(host => host.IsDraining);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_hosts.Count > 0)
        {
            foreach (ActorTypeHost host in _hosts.Values)
            {
                host.Start();
            }

            _scheduler.Start(_hosts);
            _upkeep = RunUpkeepAsync();
        }

        return Task.CompletedTask;
    }

    /// <summary>Refuses new turns, lets those that were taken end, and deactivates every actor.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _upkeep;
        await _scheduler.StopAsync();
        Task drained = Task.WhenAll(_hosts.Values.Select(host => host.DrainAsync()));
        try
        {
            await drained.WaitAsync(_drainTimeout, _time, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            LogDrainTimedOut(_log, ActiveActors);
            await Task.WhenAll(_hosts.Values.Select(host => host.AbortAsync()));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        foreach (ActorTypeHost host in _hosts.Values)
        {
            _directory.Remove(host);
        }

        await _scheduler.DisposeAsync();
        foreach (ActorTypeHost host in _hosts.Values)
        {
            host.Dispose();
        }

        _stopping.Dispose();
    }

    private async Task RunUpkeepAsync()
    {
        TimeSpan shortest = _hosts.Values.Min(host => host.IdleTimeout) / 4;
        using var timer = new PeriodicTimer(TimeSpan.FromTicks(Math.Clamp(shortest.Ticks, ShortestUpkeep.Ticks, LongestUpkeep.Ticks)), _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                foreach (ActorTypeHost host in _hosts.Values)
                {
                    host.DeactivateIdle();
                }

                await PurgeAsync();
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private async Task PurgeAsync()
    {
        using Activity? activity = ActorTracing.StartPurge();
        try
        {
            int purged = await _state.PurgeAsync(_time.GetUtcNow().ToUnixTimeMilliseconds(), _stopping.Token);
            activity?.SetTag("actors.purged", purged);
        }
#pragma warning disable CA1031 // Expired rows are never read; the next round takes them.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LogPurgeFailed(_log, exception);
        }
    }
}

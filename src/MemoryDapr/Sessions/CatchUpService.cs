using System.Diagnostics.Metrics;
using MemoryDapr.Telemetry;
using MemoryDapr.Types;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MemoryDapr.Sessions;

/// <summary>Indexes what was appended, a moment after it was acknowledged, several scopes at a time.</summary>
internal sealed partial class CatchUpService : BackgroundService
{
    private readonly CatchUpQueue _queue;
    private readonly CatchUp _catchUp;
    private readonly SessionsOptions _options;
    private readonly ILogger<CatchUpService> _logger;
    private readonly CancellationTokenSource _drained;

    public CatchUpService(
        CatchUpQueue queue, CatchUp catchUp, SessionsOptions options, TimeProvider time, IMeterFactory meters, ILogger<CatchUpService> logger)
    {
        _queue = queue;
        _catchUp = catchUp;
        _options = options;
        _logger = logger;
        _drained = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
#pragma warning disable CA2000 // The factory disposes of its meters; with the container's own factory the gauge goes with the queue.
        meters.Create(MemoryTelemetry.Name).CreateObservableGauge(
            "memory_catchup_backlog", () => _queue.Count, description: "Sessions that wait to be indexed.");
#pragma warning restore CA2000
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _drained.CancelAfter(_options.DrainTimeout);
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _drained.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, _options.CatchUpParallelism).Select(_ => WorkAsync(stoppingToken)));

    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await AttendAsync(await _queue.TakeScopeAsync(stoppingToken));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
        }

        // Stopping: what waits is finished if there is time; the rest is durable and goes on after the next start.
        while (!_drained.IsCancellationRequested && _queue.TryTakeScope(out Scope? scope))
        {
            await AttendAsync(scope);
        }
    }

    private async Task AttendAsync(Scope scope)
    {
        IReadOnlyList<QueuedSession> sessions = _queue.TakeSessions(scope, CatchUp.MaxSessions);
        try
        {
            if (sessions.Count > 0)
            {
                await _catchUp.RunAsync(scope, sessions, _drained.Token);
            }
        }
#pragma warning disable CA1031 // Whatever it was, each session's reminder brings it here again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            SessionInstruments.CatchUpFailures.Add(1);
            LogFailed(_logger, exception, sessions.Count, scope.Tenant);
        }
        finally
        {
            _queue.Release(scope);
        }
    }
}

using System.ClientModel;
using System.Diagnostics;
using System.Text.Json;
using MemoryDapr.Telemetry;

namespace MemoryDapr.Models;

/// <summary>
/// Runs model calls: a few at a time, each with a deadline, a span and a count. Whatever ends a call without an answer becomes a
/// <see cref="ModelUnavailableException"/>, except what lies in the request itself.
/// </summary>
internal sealed class ModelCalls(ModelsOptions options, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(options.MaxConcurrentCalls);

    /// <summary>Answers null where the endpoint finds fault with the request itself (400, 413, 422).</summary>
    public async Task<TResult?> RunAsync<TResult>(
        string purpose, TimeSpan deadline, Func<CancellationToken, Task<TResult>> call, CancellationToken cancellationToken)
        where TResult : class
    {
        using Activity? span = MemoryTelemetry.Spans.StartActivity($"models.{purpose}", ActivityKind.Client);
        long start = time.GetTimestamp();
        string outcome = "cancelled";
        await _slots.WaitAsync(cancellationToken);
        try
        {
            using var timeout = new CancellationTokenSource(deadline, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            TResult result = await call(either.Token);
            outcome = "answered";
            return result;
        }
        catch (ClientResultException exception) when (exception.Status is 400 or 413 or 422)
        {
            outcome = "refused";
            return null;
        }
        catch (Exception exception) when (ReasonOf(exception, cancellationToken) is { } reason)
        {
            outcome = reason;
            span?.SetStatus(ActivityStatusCode.Error, reason);
            throw new ModelUnavailableException(reason, exception);
        }
        finally
        {
            _slots.Release();
            ModelInstruments.CountCall(purpose, outcome, time.GetElapsedTime(start));
        }
    }

    public void Dispose() => _slots.Dispose();

    /// <summary>A 401 or 404 is no fault of the request either: whoever configures the endpoint can mend it, and nothing is lost until then.</summary>
    private static string? ReasonOf(Exception exception, CancellationToken callers) => exception switch
    {
        ClientResultException answered when answered.Status >= 300 => $"status-{answered.Status}",
        ClientResultException or HttpRequestException or IOException => "network",
        AggregateException => "network",
        OperationCanceledException when !callers.IsCancellationRequested => "timeout",
        // A 200 that is not what the protocol says: a proxy's page, half an answer.
        JsonException or FormatException or InvalidOperationException or KeyNotFoundException or ArgumentException or NullReferenceException => "garbage",
        _ => null,
    };
}

using System.Security.Cryptography;
using System.Text;
using MemoryDapr.Models;
using Microsoft.Extensions.Logging;

namespace MemoryDapr.Recall;

/// <summary>
/// Reads questions: by rules; or by the model where that is switched on, with the rules in its place when it fails or takes too long.
/// Readings of the model are kept; equal questions at one time make one call.
/// </summary>
internal sealed partial class RecallIntents(IChatModel model, RecallOptions options, TimeProvider time, ILogger<RecallIntents> logger)
{
    private readonly ModelIntentReader _reader = new(model);
    private readonly SingleFlightCache<string, RecallIntent> _readings = new(options.IntentCacheSize);

    /// <summary>What the question asks for, seen from <paramref name="now"/>.</summary>
    public async Task<ReadIntent> ReadAsync(string tenant, string query, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!options.UseModelIntent || !model.IsEnabled)
        {
            return new ReadIntent(IntentReader.Read(query, now), false);
        }

        var today = DateOnly.FromDateTime(now.UtcDateTime);
        try
        {
            return new ReadIntent(await _readings.GetAsync(KeyOf(tenant, query, today), () => AskAsync(query, today), cancellationToken), false);
        }
        catch (Exception exception) when (
            exception is ModelUnavailableException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogFallback(exception.GetType().Name);
            return new ReadIntent(IntentReader.Read(query, now), true);
        }
    }

    private async Task<RecallIntent> AskAsync(string query, DateOnly today)
    {
        using var deadline = new CancellationTokenSource(options.IntentDeadline, time);
        return await _reader.ReadAsync(query, today, deadline.Token) ?? throw new ModelUnavailableException("refused");
    }

    // Of one size, however long the question. "Yesterday" is another day tomorrow. And no tenant can tell by the time that an answer
    // takes what another has asked.
    private static string KeyOf(string tenant, string query, DateOnly today) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant}\n{today:O}\n{query.Trim()}")));
}

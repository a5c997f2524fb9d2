using System.Diagnostics;
using System.Diagnostics.Metrics;
using MemoryDapr.Telemetry;

namespace MemoryDapr.Models;

/// <summary>What model calls cost and how they end.</summary>
internal static class ModelInstruments
{
    private static readonly Counter<long> Calls =
        MemoryTelemetry.Meter.CreateCounter<long>("memory_model_calls_total", description: "Model calls by purpose and outcome.");

    private static readonly Counter<long> Tokens =
        MemoryTelemetry.Meter.CreateCounter<long>("memory_model_tokens_total", description: "Tokens by purpose and direction (input, output).");

    private static readonly Counter<long> Invalid =
        MemoryTelemetry.Meter.CreateCounter<long>("memory_model_invalid_answers_total", description: "Answers that the parser rejected.");

    private static readonly Histogram<double> Duration = MemoryTelemetry.Meter.CreateHistogram<double>(
        "memory_model_call_duration_seconds",
        "s",
        "How long model calls take, policies' retries included.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300] });

    /// <summary>Counts a call.</summary>
    /// <param name="purpose">What it was for.</param>
    /// <param name="outcome"><c>answered</c>, <c>refused</c>, <c>cancelled</c> or the reason of a <see cref="ModelUnavailableException"/>.</param>
    /// <param name="elapsed">How long it took.</param>
    public static void CountCall(string purpose, string outcome, TimeSpan elapsed)
    {
        Calls.Add(1, new TagList { { "purpose", purpose }, { "outcome", outcome } });
        Duration.Record(elapsed.TotalSeconds, new TagList { { "purpose", purpose } });
    }

    /// <summary>Counts an answer that the parser rejected.</summary>
    public static void CountInvalid(string purpose) => Invalid.Add(1, new TagList { { "purpose", purpose } });

    public static void CountTokens(string purpose, int input, int output)
    {
        Tokens.Add(input, new TagList { { "purpose", purpose }, { "direction", "input" } });
        Tokens.Add(output, new TagList { { "purpose", purpose }, { "direction", "output" } });
    }
}

using System.Diagnostics.Metrics;

namespace EmbeddedDapr.Invocation.Policies;

/// <summary>What the policies did, per target.</summary>
internal static class PolicyInstruments
{
    private static readonly Meter Meter = new("EmbeddedDapr");
    private static readonly Counter<long> Activations = Meter.CreateCounter<long>(
        "embedded_dapr.resiliency.activations", description: "Retries, timeouts and refusals by an open circuit breaker");

    private static readonly Gauge<int> BreakerStates = Meter.CreateGauge<int>(
        "embedded_dapr.resiliency.breaker_state", description: "0 closed, 1 half-open, 2 open");

    public static void Retried(string target) => Activated(target, "retry");

    public static void TimedOut(string target) => Activated(target, "timeout");

    public static void Refused(string target) => Activated(target, "circuitbreaker");

    public static void State(string target, BreakerState state) =>
        BreakerStates.Record((int)state, new KeyValuePair<string, object?>("target", target));

    private static void Activated(string target, string policy) =>
        Activations.Add(1, new KeyValuePair<string, object?>("policy", policy), new KeyValuePair<string, object?>("target", target));
}

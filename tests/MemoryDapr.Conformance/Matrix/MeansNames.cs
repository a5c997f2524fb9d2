namespace MemoryDapr.Conformance.Matrix;

/// <summary>The names of means, as traits and lists have them.</summary>
internal static class MeansNames
{
    private static readonly (Means Means, string Name)[] All =
    [
        (Means.Model, "model"),
        (Means.ShortSessions, "short-sessions"),
        (Means.Quotas, "quotas"),
        (Means.RateLimit, "rate-limit"),
        (Means.Restart, "restart"),
        (Means.Events, "events"),
        (Means.StoreSwitch, "store-switch"),
        (Means.BrokerSwitch, "broker-switch"),
        (Means.StateSwitch, "state-switch"),
        (Means.SidecarMetrics, "sidecar-metrics"),
        (Means.SidecarApi, "sidecar-api"),
        (Means.StatePause, "state-pause"),
    ];

    /// <summary>The name of each that is among <paramref name="means"/>.</summary>
    public static IEnumerable<string> Of(Means means) => All.Where(entry => means.HasFlag(entry.Means)).Select(entry => entry.Name);
}

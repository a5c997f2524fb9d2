using System.Globalization;
using MemoryDapr.Conformance.Matrix;

namespace MemoryDapr.Conformance.Setup;

/// <summary>What the environment says. README.md explains each variable.</summary>
internal sealed record ConformanceSettings
{
    /// <summary>How a Standalone's disk fails or hangs is known for Linux alone.</summary>
    public const Means LinuxOnly = Means.StateSwitch | Means.StatePause;

    /// <summary>Where clients enter; null to start Standalone.</summary>
    public Uri? Url { get; private init; }

    /// <summary>The Standalone program, where it is started.</summary>
    public string? Standalone { get; private init; }

    public string? KeyA { get; private init; }

    public string? KeyB { get; private init; }

    /// <summary>The key of a tenant whose quotas may be used up.</summary>
    public string? KeyLimited { get; private init; }

    public string? OperatorKey { get; private init; }

    /// <summary>The name of the tenant of <see cref="KeyA"/>, which events carry.</summary>
    public string TenantA { get; private init; } = "conformance-a";

    /// <summary>Where the scripted model is, or is to be started.</summary>
    public Uri? ModelUrl { get; private init; }

    /// <summary>Where the service tells its metrics; null for where clients enter.</summary>
    public Uri? MetricsUrl { get; private init; }

    /// <summary>After how long without a turn a session expires.</summary>
    public TimeSpan? IdleAfter { get; private init; }

    /// <summary>How many requests a second a client may send to one path; 0 for no limit.</summary>
    public int RateLimit { get; private init; } = 50;

    /// <summary>Kills the service and starts it again.</summary>
    public string? RestartCommand { get; private init; }

    /// <summary>A sidecar whose app may publish turns and citations and hear all other events.</summary>
    public Uri? EventsSidecar { get; private init; }

    /// <summary>Where that sidecar looks for its app, which this suite then is.</summary>
    public Uri? EventsListener { get; private init; }

    public Uri? WorkerSidecarMetrics { get; private init; }

    public FaultSwitch? Store { get; private init; }

    public FaultSwitch? Broker { get; private init; }

    public FaultSwitch? State { get; private init; }

    /// <summary>Has the actors' state store hang: it takes calls and does not answer.</summary>
    public FaultSwitch? StatePause { get; private init; }

    public static ConformanceSettings Read(Func<string, string?> variable) => new()
    {
        Url = ReadUrl(variable, "URL"),
        Standalone = Text(variable, "STANDALONE"),
        KeyA = Text(variable, "KEY_A"),
        KeyB = Text(variable, "KEY_B"),
        KeyLimited = Text(variable, "KEY_LIMITED"),
        OperatorKey = Text(variable, "KEY_OPERATOR"),
        TenantA = Text(variable, "TENANT_A") ?? "conformance-a",
        ModelUrl = ReadUrl(variable, "MODEL_URL"),
        MetricsUrl = ReadUrl(variable, "METRICS_URL"),
        IdleAfter = Number(variable, "IDLE_SECONDS") is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        RateLimit = Number(variable, "RATE_LIMIT") ?? 50,
        RestartCommand = Text(variable, "RESTART"),
        EventsSidecar = ReadUrl(variable, "EVENTS_SIDECAR"),
        EventsListener = ReadUrl(variable, "EVENTS_LISTENER"),
        WorkerSidecarMetrics = ReadUrl(variable, "WORKER_SIDECAR_METRICS"),
        Store = Switch(variable, "STORE"),
        Broker = Switch(variable, "BROKER"),
        State = Switch(variable, "STATE"),
        StatePause = ShellSwitch.From(Text(variable, "STATE_PAUSE"), Text(variable, "STATE_RESUME")),
    };

    /// <summary>Says what is missing without which nothing can run.</summary>
    /// <exception cref="InvalidOperationException">Something is.</exception>
    public void Check()
    {
        if (Url is not null && (KeyA is null || KeyB is null || OperatorKey is null))
        {
            throw new InvalidOperationException("CONFORMANCE_URL wants CONFORMANCE_KEY_A, CONFORMANCE_KEY_B and CONFORMANCE_KEY_OPERATOR.");
        }

        string program = Standalone ?? StandaloneFolder.BuiltProgram;
        if (Url is null && !File.Exists(program))
        {
            throw new InvalidOperationException($"There is no {program}: name a service (CONFORMANCE_URL) or a program (CONFORMANCE_STANDALONE).");
        }
    }

    /// <summary>Whether all that the scenario needs is there.</summary>
    public bool CanRun(MatrixRow row) => MissingFor(row) == Means.None && (row.Runs == "both" || Url is not null);

    /// <summary>What the scenario needs and the environment does not have.</summary>
    public Means MissingFor(MatrixRow row) => row.Means & ~Have();

    // Where the suite starts Standalone it gives it all that one process can have.
    private Means Have() => Url is null
        ? Means.Model | Means.ShortSessions | Means.Quotas | Means.RateLimit | Means.Restart | (OperatingSystem.IsLinux() ? LinuxOnly : 0)
        : (ModelUrl is null ? 0 : Means.Model)
            | (IdleAfter is { TotalMinutes: <= 2 } ? Means.ShortSessions : 0)
            | (KeyLimited is null ? 0 : Means.Quotas)
            | (RateLimit > 0 ? Means.RateLimit : 0)
            | (RestartCommand is null ? 0 : Means.Restart)
            | (EventsSidecar is null ? 0 : Means.SidecarApi)
            | (EventsSidecar is null || EventsListener is null ? 0 : Means.Events)
            | (WorkerSidecarMetrics is null ? 0 : Means.SidecarMetrics)
            | (Store is null ? 0 : Means.StoreSwitch)
            | (Broker is null ? 0 : Means.BrokerSwitch)
            | (State is null ? 0 : Means.StateSwitch)
            | (StatePause is null ? 0 : Means.StatePause);

    private static string? Text(Func<string, string?> variable, string name) =>
        variable("CONFORMANCE_" + name) is { Length: > 0 } value ? value : null;

    private static Uri? ReadUrl(Func<string, string?> variable, string name) =>
        Text(variable, name) is { } value ? new Uri(value.TrimEnd('/') + "/") : null;

    private static int? Number(Func<string, string?> variable, string name) =>
        Text(variable, name) is { } value ? int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    private static ShellSwitch? Switch(Func<string, string?> variable, string name) =>
        ShellSwitch.From(Text(variable, $"{name}_STOP"), Text(variable, $"{name}_START"));
}

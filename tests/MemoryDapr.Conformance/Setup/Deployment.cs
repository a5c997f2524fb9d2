using System.Security.Cryptography;
using MemoryDapr.Conformance.Events;
using Xunit;

[assembly: AssemblyFixture(typeof(MemoryDapr.Conformance.Setup.Deployment))]

namespace MemoryDapr.Conformance.Setup;

/// <summary>The service that the scenarios are shown against: the one that the environment names, or a Standalone started for them.</summary>
public sealed class Deployment : IAsyncLifetime
{
    private readonly string _run = RandomNumberGenerator.GetHexString(8, lowercase: true);
    private StandaloneProcess? _standalone;
    private ScriptedModel? _model;
    private EventListener? _events;
    private int _names;

    internal ConformanceSettings Settings { get; } = ConformanceSettings.Read(Environment.GetEnvironmentVariable);

    internal Uri Url => _standalone?.Url ?? Settings.Url!;

    internal Uri MetricsUrl => Settings.MetricsUrl ?? Url;

    internal string? KeyA { get; private set; }

    internal string? KeyB { get; private set; }

    internal string? KeyLimited { get; private set; }

    internal string? OperatorKey { get; private set; }

    internal TimeSpan IdleAfter { get; private set; }

    internal ScriptedModel Model => _model ?? throw new InvalidOperationException("There is no scripted model.");

    internal EventListener Events => _events ?? throw new InvalidOperationException("There is no sidecar to hear events from.");

    /// <summary>Whether the suite has started the service itself, as one process.</summary>
    internal bool IsStandalone => _standalone is not null;

    /// <summary>Has the state store refuse what it is asked; in Standalone, everything that is written.</summary>
    internal FaultSwitch State => _standalone?.FullDisk ?? Settings.State!;

    /// <summary>Has the state store hang; in Standalone, everything that is written.</summary>
    internal FaultSwitch StatePause => _standalone?.HangingDisk ?? Settings.StatePause!;

    public async ValueTask InitializeAsync()
    {
        Settings.Check();
        KeyA = Settings.KeyA ?? NewKey();
        KeyB = Settings.KeyB ?? NewKey();
        KeyLimited = Settings.KeyLimited ?? NewKey();
        OperatorKey = Settings.OperatorKey ?? NewKey();
        // Long enough for a scenario that looks at a live session after much else, on a busy machine.
        IdleAfter = Settings.IdleAfter ?? TimeSpan.FromSeconds(30);
        if (Settings.Url is null || Settings.ModelUrl is not null)
        {
            _model = await ScriptedModel.FindOrStartAsync(Settings.ModelUrl);
        }

        if (Settings.EventsListener is { } listener)
        {
            _events = await EventListener.StartAsync(listener);
        }

        if (Settings.Url is null)
        {
            string program = Settings.Standalone ?? StandaloneFolder.BuiltProgram;
            _standalone = new StandaloneProcess(program, StandaloneFolder.Create(program, Model.Url), Options());
            await _standalone.StartAsync();
        }
    }

    /// <summary>An id that no other scenario and no other run has.</summary>
    internal string NewName(string what) => $"{what}-{_run}-{Interlocked.Increment(ref _names)}";

    /// <summary>Kills the service in the middle of what it does, and starts it again.</summary>
    internal async Task RestartAsync()
    {
        if (_standalone is null)
        {
            await ShellCommand.RunAsync(Settings.RestartCommand!);
            return;
        }

        await _standalone.KillAsync();
        await _standalone.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_standalone is not null)
        {
            await _standalone.DisposeAsync();
        }

        if (_events is not null)
        {
            await _events.DisposeAsync();
        }

        if (_model is not null)
        {
            await _model.DisposeAsync();
        }
    }

    private static string NewKey() => RandomNumberGenerator.GetHexString(32);

    private Dictionary<string, string> Options() => new()
    {
        ["Api:Keys:0:Tenant"] = Settings.TenantA,
        ["Api:Keys:0:Key"] = KeyA!,
        ["Api:Keys:1:Tenant"] = "conformance-b",
        ["Api:Keys:1:Key"] = KeyB!,
        ["Api:Keys:2:Tenant"] = "conformance-limited",
        ["Api:Keys:2:Key"] = KeyLimited!,
        ["Api:OperatorKey"] = OperatorKey!,
        ["Api:Quotas:WritesPerMinute"] = "6000",
        ["Api:Quotas:PipelinesPerMinute"] = "200",
        ["Api:Quotas:RecallsPerMinute"] = "1000",
        ["Api:Quotas:ModelTokensPerMinute"] = "1000000",
        ["Models:ChatModel"] = "scripted",
        ["Sessions:IdleAfter"] = IdleAfter.ToString("c"),
        ["Sessions:CatchUpPeriod"] = "00:00:05",
        ["Upkeep:ReconciliationPeriod"] = "00:00:10",
        ["Logging:LogLevel:Default"] = "Warning",
    };
}

using MemoryDapr.Crash.Checks;
using MemoryDapr.Crash.Load;
using MemoryDapr.Crash.Server;

namespace MemoryDapr.Crash.Kills;

/// <summary>
/// Kills Standalone in every phase of its work, starts it again on the same data, lets the clients repeat what was not answered, and
/// checks what it then knows.
/// </summary>
internal sealed class CrashRun(CrashSettings settings, TextWriter output)
{
    private static readonly TimeSpan KillTimeout = TimeSpan.FromSeconds(30);

    // Short, so that sessions expire and reminders come while a run lasts; one use promotes an episode.
    private static readonly Dictionary<string, string> Options = new(StringComparer.Ordinal)
    {
        ["Sessions:IdleAfter"] = "00:00:02",
        ["Sessions:CatchUpPeriod"] = "00:00:01",
        ["Sessions:DeactivateAfter"] = "00:00:05",
        ["Upkeep:ReconciliationPeriod"] = "00:00:10",
        ["Promote:Threshold"] = "0.55",
        ["Logging:LogLevel:Default"] = "Warning",
    };

    private readonly Random _random = new(settings.Seed);
    private readonly KillTable _table = new();
    private readonly Findings _findings = new();

    /// <summary>Runs, prints the table and answers what was found.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("memorydapr-crash-").FullName;
        Phase[] phases = [.. Phases.All.Where(phase => settings.Only is null || phase.Name.Contains(settings.Only, StringComparison.Ordinal))];
        if (settings.IsThorough)
        {
            // A folder of its own for each phase: what a kill leaves behind, the next ones of the phase find.
            foreach (Phase phase in phases)
            {
                await RunAsync([phase], Path.Combine(folder, $"phase-{Array.IndexOf(phases, phase)}"), cancellationToken);
            }
        }
        else
        {
            await RunAsync(phases, Path.Combine(folder, "all"), cancellationToken);
        }

        foreach (Phase phase in phases.Where(phase => _table.KillsIn(phase) < settings.KillsPerPhase))
        {
            _findings.Add($"'{phase.Name}' was killed {_table.KillsIn(phase)} times and not {settings.KillsPerPhase}");
        }

        await _table.WriteAsync(output);
        if (_findings.Count == 0)
        {
            Directory.Delete(folder, recursive: true);
        }
        else
        {
            _findings.Add($"the data and the logs are in {folder}");
        }

        return _findings.All;
    }

    private async Task RunAsync(IReadOnlyList<Phase> phases, string folder, CancellationToken cancellationToken)
    {
        ServerSettings server = ServerSettings.Create(settings.Program, folder, Options);
        var clients = new Clients(_random.Next());
        Phase? killed = null;
        foreach (Phase phase in phases.SelectMany(phase => Enumerable.Repeat(phase, settings.KillsPerPhase)))
        {
            if (!await LiveAsync(server, clients, killed, phase, cancellationToken))
            {
                return;
            }

            killed = phase;
        }

        await LiveAsync(server, clients, killed, null, cancellationToken);
    }

    /// <summary>One life of the server: what the last kill left is checked, then it works until the next. False if there is no use in going on.</summary>
    private async Task<bool> LiveAsync(ServerSettings settingsOfServer, Clients clients, Phase? killed, Phase? next, CancellationToken cancellationToken)
    {
        int before = _findings.Count;
        await using ServerProcess server = await ServerProcess.StartAsync(settingsOfServer, cancellationToken);
        using var client = new MemoryClient(server.Url);
        try
        {
            await CheckAsync(client, clients, isLast: next is null, cancellationToken);
        }
        catch (Exception exception) when (exception is ContractException or ServerGoneException)
        {
            _findings.Add($"after a restart: {exception.Message} {exception.InnerException?.Message}");
        }

        bool isIntact = _findings.Count == before;
        if (killed is not null)
        {
            _table.Add(killed, isIntact);
        }

        return isIntact && (next is null || await KillAsync(server, client, clients, next, cancellationToken));
    }

    private async Task CheckAsync(MemoryClient client, Clients clients, bool isLast, CancellationToken cancellationToken)
    {
        PostedSession[] sessions = [.. clients.Sessions];
        await Parallel.ForEachAsync(
            sessions, cancellationToken, async (session, token) => await TurnsCheck.RunAsync(client, session, _findings, token));
        await clients.FinishPendingAsync(client, cancellationToken);
        if (settings.IsThorough || isLast)
        {
            await FullCheck.RunAsync(client, sessions, _findings, cancellationToken);
        }
    }

    private async Task<bool> KillAsync(ServerProcess server, MemoryClient client, Clients clients, Phase phase, CancellationToken cancellationToken)
    {
        KillPoint point = phase.Points[(_table.KillsIn(phase) + settings.Seed) % phase.Points.Count];
        await server.ArmAsync(point.ToOrder(_random.Next(1, point.MaxPassages + 1)));
        try
        {
            await clients.WriteAsync(client, phase.Emphasis, cancellationToken);
            await server.Exited.WaitAsync(KillTimeout, TimeProvider.System, cancellationToken);
        }
        catch (ContractException exception)
        {
            _findings.Add($"while '{phase.Name}' was waited for: {exception.Message}");
            return false;
        }
        catch (TimeoutException)
        {
            _findings.Add($"'{phase.Name}' was not reached: {point}");
            return false;
        }

        await output.WriteLineAsync($"killed in '{phase.Name}' at the {(point.AtEnd ? "end" : "start")} of {point.Span}");
        _findings.Expect(server.KilledAt == point.Span, $"'{phase.Name}': the process ended by itself");
        return server.KilledAt == point.Span;
    }
}

using System.CommandLine;
using MemoryDapr.Crash.Faults;
using MemoryDapr.Crash.Kills;
using MemoryDapr.Crash.Server;
using MemoryDapr.Crash.Sessions;

var isShort = new Option<bool>("--short") { Description = "one kill in each phase, everything checked at the end" };
var kills = new Option<int>("--kills") { Description = "kills in each phase", DefaultValueFactory = _ => 5 };
var only = new Option<string?>("--only") { Description = "only phases with this in their name" };
var seed = new Option<int>("--seed") { Description = "what the load and the points of the kills are drawn from", DefaultValueFactory = _ => 1 };
var fault = new Option<string?>("--fault") { Description = "a fault to build in, which must be found" };
fault.AcceptOnlyFromAmong("acknowledge-before-commit");
var root = new RootCommand("Kills MemoryDapr.Standalone in every phase of its work and checks what it still knows.") { isShort, kills, only, seed, fault };
root.SetAction(async (arguments, cancellationToken) =>
{
    bool isFaulty = arguments.GetValue(fault) is not null;
    var settings = new CrashSettings
    {
        Program = isFaulty ? await AcknowledgeBeforeCommit.BuildAsync(Console.Out, cancellationToken) : BuiltFiles.Standalone,
        KillsPerPhase = arguments.GetValue(isShort) ? 1 : arguments.GetValue(kills),
        IsThorough = !arguments.GetValue(isShort),
        Only = arguments.GetValue(only),
        Seed = arguments.GetValue(seed),
    };
    IReadOnlyList<string> findings = await new CrashRun(settings, Console.Out).RunAsync(cancellationToken);
    foreach (string finding in findings)
    {
        await Console.Error.WriteLineAsync(finding);
    }

    if (isFaulty)
    {
        // The fault shows as acknowledged turns that are gone; a run that ends for another reason has not found it.
        bool isFound = findings.Any(finding => finding.Contains("acknowledged turn", StringComparison.Ordinal));
        await Console.Out.WriteLineAsync(isFound ? "The fault was found." : "The fault was NOT found.");
        return isFound ? 0 : 1;
    }

    return findings.Count == 0 ? 0 : 1;
});

var count = new Option<int>("--count") { Description = "how many sessions", DefaultValueFactory = _ => 10_000 };
var atOnce = new Option<int>("--at-once") { Description = "how many are written at the same time", DefaultValueFactory = _ => 32 };
var sessions = new Command("sessions", "Appends to many sessions and lets them expire: nothing is lost, and memory is what it was.") { count, atOnce };
sessions.SetAction(async (arguments, cancellationToken) =>
    await new SessionsRun(arguments.GetValue(count), arguments.GetValue(atOnce), Console.Out).RunAsync(cancellationToken) ? 0 : 1);
root.Subcommands.Add(sessions);
return await root.Parse(args).InvokeAsync();

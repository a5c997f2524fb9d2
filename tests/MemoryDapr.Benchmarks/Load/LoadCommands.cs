using System.CommandLine;
using System.Globalization;
using MemoryDapr.Benchmarks.Load.Data;
using MemoryDapr.Benchmarks.Load.Servers;

namespace MemoryDapr.Benchmarks.Load;

/// <summary>The load program's command line.</summary>
internal static class LoadCommands
{
    private static readonly Option<string?> Url = new("--url") { Description = "a service that runs already; without it one is started on a fresh folder", Recursive = true };
    private static readonly Option<string?> Key = new("--key") { Description = "the API key to show", Recursive = true };
    private static readonly Option<int> Port = new("--port") { Description = "where to start it; the bare endpoint takes the next one", DefaultValueFactory = _ => 7140, Recursive = true };
    private static readonly Option<string[]> Options = new("--option") { Description = "an option of the service, NAME=VALUE; may be there several times", Recursive = true, DefaultValueFactory = _ => [] };

    private static readonly Option<FileInfo> Data = new("--data") { Description = "conversations in the compact form of the LoCoMo data set" };
    private static readonly Option<int> Clients = new("--clients") { Description = "how many clients at once", DefaultValueFactory = _ => 100 };
    private static readonly Option<double> Seconds = new("--seconds") { Description = "how long a run takes", DefaultValueFactory = _ => 8 };
    private static readonly Option<int> Rounds = new("--rounds") { Description = "how many runs; their medians are printed", DefaultValueFactory = _ => 5 };
    private static readonly Option<double> WarmUp = new("--warm-up") { Description = "seconds of load on the service before anything counts", DefaultValueFactory = _ => 20 };
    private static readonly Option<double?> Rate = new("--rate") { Description = "requests per second of an open loop; without it the loop is closed" };
    private static readonly Option<int> Turns = new("--turns") { Description = "one scope of so many generated turns instead of --data" };
    private static readonly Option<int> Count = new("--k") { Description = "items that a recall asks for", DefaultValueFactory = _ => 10 };
    private static readonly Option<bool> Distribution = new("--distribution") { Description = "print the last run's whole distribution" };

    public static Command Create() => new("load", "Puts the service under load over HTTP and prints what it did.") { Url, Key, Port, Options, Recall(), Append(), Scale(), All(), Bare() };

    private static Command Recall()
    {
        var command = new Command("recall", "Recalls beside the bare endpoint, in turns.") { Data, Turns, Clients, Seconds, Rounds, WarmUp, Rate, Count, Distribution };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var load = new RecallLoad(Settings(arguments), Console.Out)
            {
                Clients = arguments.GetValue(Clients),
                Duration = TimeSpan.FromSeconds(arguments.GetValue(Seconds)),
                Rounds = arguments.GetValue(Rounds),
                WarmUp = TimeSpan.FromSeconds(arguments.GetValue(WarmUp)),
                Rate = arguments.GetValue(Rate),
                Count = arguments.GetValue(Count),
                WithDistribution = arguments.GetValue(Distribution),
            };
            if (arguments.GetValue(Data) is { } data)
            {
                LocomoFile file = LocomoFile.Read(data.FullName);
                await load.RunAsync("conversations", Conversations.ToSessions(file), Conversations.ToQuestions(file), cancellationToken);
            }
            else
            {
                int turns = Math.Max(1, arguments.GetValue(Turns));
                await load.RunAsync(
                    $"one scope of {turns} turns", GeneratedTurns.Sessions("one", turns, 20), new Questions([GeneratedTurns.Ask("one", turns)]), cancellationToken);
            }
        });
        return command;
    }

    private static Command Append()
    {
        var clients = new Option<int>("--clients") { Description = "how many clients at once", DefaultValueFactory = _ => 16 };
        var batches = new Option<int[]>("--batch") { Description = "turns per request", DefaultValueFactory = _ => [20, 1], AllowMultipleArgumentsPerToken = true };
        var rounds = new Option<int>("--rounds") { Description = "how many runs, each on a fresh folder", DefaultValueFactory = _ => 1 };
        var command = new Command("append", "Durable appends, and the wait until everything is distilled.") { clients, batches, Seconds, rounds };
        command.SetAction((arguments, cancellationToken) => new AppendLoad(Settings(arguments), Console.Out)
        {
            Clients = arguments.GetValue(clients),
            Batches = arguments.GetValue(batches)!,
            Duration = TimeSpan.FromSeconds(arguments.GetValue(Seconds)),
            Rounds = arguments.GetValue(rounds),
        }.RunAsync(cancellationToken));
        return command;
    }

    private static Command Scale()
    {
        var shapes = new Argument<string[]>("shapes") { Description = "scopes x turns in each, e.g. 1x100000 10000x100", Arity = ArgumentArity.OneOrMore };
        var command = new Command("scale", "Ingest, start, cold and warm answers, and memory, as the service grows.") { shapes };
        command.SetAction((arguments, cancellationToken) => new ScaleLoad(Settings(arguments), Console.Out)
            .RunAsync([.. arguments.GetValue(shapes)!.Select(ParseShape)], cancellationToken));
        return command;
    }

    // What docs/benchmarks.md shows of the service over HTTP, but for a million turns.
    private static Command All()
    {
        var command = new Command("all", "The tables of docs/benchmarks.md, about 15 minutes.") { Data };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            string[] conversations = ["recall", "--data", arguments.GetRequiredValue(Data).FullName];
            string[][] loads =
            [
                [.. conversations, "--clients", "100"],
                [.. conversations, "--clients", "1"],
                [.. conversations, "--clients", "100", "--rate", "300"],
                ["recall", "--turns", "600", "--clients", "1"],
                ["append", "--batch", "20", "--batch", "1", "--seconds", "10", "--rounds", "3"],
                ["scale", "1x100", "1x1000", "1x10000", "1x100000", "10x100", "100x100", "1000x100"],
            ];
            foreach (string[] load in loads)
            {
                await Console.Out.WriteLineAsync($"\n`load {string.Join(' ', load.Select(part => part == conversations[2] ? "FILE" : part))}`\n");
                await Create().Parse(load).InvokeAsync(cancellationToken: cancellationToken);
            }
        });
        return command;
    }

    private static Command Bare()
    {
        var bytes = new Option<int>("--bytes") { Description = "how long the answer is", DefaultValueFactory = _ => 4096 };
        var command = new Command("bare", "Serves the bare endpoint.") { bytes };
        command.SetAction((arguments, cancellationToken) => BareEndpoint.ServeAsync(arguments.GetValue(bytes), arguments.GetValue(Port), cancellationToken));
        return command;
    }

    private static (int Scopes, int Turns) ParseShape(string shape)
    {
        string[] parts = shape.Split('x');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static LoadSettings Settings(ParseResult arguments) => new()
    {
        Url = arguments.GetValue(Url) is { } url ? new Uri(url) : null,
        Key = arguments.GetValue(Key),
        Port = arguments.GetValue(Port),
        Options = [.. arguments.GetValue(Options)!.Select(option => $"--{option}")],
    };
}

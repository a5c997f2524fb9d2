namespace MemoryDapr.Standalone;

/// <summary>What the command line says.</summary>
internal sealed record StandaloneArguments
{
    /// <summary>The exit code for a command line that cannot be understood (EX_USAGE of sysexits).</summary>
    public const int UsageExitCode = 64;

    /// <summary>What can be said.</summary>
    public const string Usage = """
        MemoryDapr in one process.

          dotnet run --project src/MemoryDapr.Standalone -- [demo] [options]

          demo                play a sample conversation first, then go on serving
          --urls URL          where to listen, default http://127.0.0.1:8080; beyond loopback only with API keys
          --data DIR          where everything is kept, default ./data
          --components DIR    Dapr resources to use instead of those that come with the program
          --SECTION:KEY VALUE any option, e.g. --Sessions:Window 20; the same as the variable SECTION__KEY
          --help              this
        """;

    /// <summary>Whether to play the sample.</summary>
    public bool Demo { get; private init; }

    /// <summary>Whether to say what can be said.</summary>
    public bool Help { get; private init; }

    /// <summary>What cannot be understood; null if all can.</summary>
    public string? Error { get; private init; }

    /// <summary>The options, by configuration key.</summary>
    public IReadOnlyDictionary<string, string?> Options { get; private init; } = new Dictionary<string, string?>();

    public static StandaloneArguments Parse(IReadOnlyList<string> arguments)
    {
        var options = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        bool demo = false;
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (argument is "--help" or "-h" or "help")
            {
                return new StandaloneArguments { Help = true };
            }

            if (argument == "demo")
            {
                demo = true;
                continue;
            }

            if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                return Wrong($"'{argument}' is not a command.");
            }

            int equals = argument.IndexOf('=', StringComparison.Ordinal);
            string key = equals < 0 ? argument[2..] : argument[2..equals];
            if (key is not ("urls" or "data" or "components") && !key.Contains(':', StringComparison.Ordinal))
            {
                return Wrong($"'--{key}' is not an option.");
            }

            if (equals < 0 && ++i == arguments.Count)
            {
                return Wrong($"'--{key}' has no value.");
            }

            options[key] = equals < 0 ? arguments[i] : argument[(equals + 1)..];
        }

        return new StandaloneArguments { Demo = demo, Options = options };
    }

    private static StandaloneArguments Wrong(string what) =>
        new() { Error = $"{what}{Environment.NewLine}{Environment.NewLine}{Usage}" };
}

using System.Diagnostics;

namespace MemoryDapr.Conformance.Setup;

/// <summary>A command of the environment.</summary>
internal static class ShellCommand
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task RunAsync(string command)
    {
        using var timeout = new CancellationTokenSource(Timeout, TimeProvider.System);
        using Process process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command])) ?? throw new InvalidOperationException($"'{command}' did not start.");
        await process.WaitForExitAsync(timeout.Token);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"'{command}' ended with {process.ExitCode}.");
        }
    }
}

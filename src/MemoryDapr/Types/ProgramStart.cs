using Microsoft.AspNetCore.Builder;

namespace MemoryDapr.Types;

/// <summary>How every program of the service starts: with its configuration checked as a whole, before anything listens.</summary>
internal static class ProgramStart
{
    /// <summary>
    /// Runs the program and answers its exit code. A wrong configuration is one message on standard error that lists every fault, and
    /// exit code 78.
    /// </summary>
    public static async Task<int> RunAsync(Func<Task> program)
    {
        try
        {
            await program();
            return 0;
        }
        catch (InvalidConfigurationException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return InvalidConfigurationException.ExitCode;
        }
    }

    /// <summary>Runs one app until it is told to stop; see <see cref="RunAsync(Func{Task})"/>.</summary>
    public static Task<int> RunAsync(Func<WebApplication> build) =>
        RunAsync(async () =>
        {
            await using WebApplication app = build();
            app.Services.EnsureValid();
            await app.RunAsync();
        });

    /// <summary>Throws if any checked option of the container is at fault, with all faults of all of them.</summary>
    public static void EnsureValid(this IServiceProvider services, params IReadOnlyList<OptionFault> others)
    {
        IReadOnlyList<OptionFault> faults = [.. services.ListFaults(), .. others];
        if (faults.Count > 0)
        {
            throw new InvalidConfigurationException(faults);
        }
    }
}

using MemoryDapr.Crash.Server;

namespace MemoryDapr.Crash.Load;

/// <summary>Several writers at a time, against one life of the server after the other.</summary>
internal sealed class Clients(int seed)
{
    private const int Count = 6;

    /// <summary>Operations of one writer in one life: the data stays small, and then the sessions are left to expire.</summary>
    private const int MaxOperations = 80;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Writer[] _writers = [.. Enumerable.Range(0, Count).Select(number => new Writer(number, seed))];

    public IEnumerable<PostedSession> Sessions => _writers.SelectMany(writer => writer.Sessions);

    /// <summary>Writes until the server is gone or enough is written.</summary>
    public Task WriteAsync(MemoryClient client, Emphasis emphasis, CancellationToken cancellationToken) =>
        Task.WhenAll(_writers.Select(writer => WriteAsync(writer, client, emphasis, cancellationToken)));

    /// <summary>Carries out what no server has answered.</summary>
    public Task FinishPendingAsync(MemoryClient client, CancellationToken cancellationToken) =>
        Task.WhenAll(_writers.Select(writer => writer.FinishPendingAsync(client, cancellationToken)));

    private static async Task WriteAsync(Writer writer, MemoryClient client, Emphasis emphasis, CancellationToken cancellationToken)
    {
        try
        {
            for (int operations = 0; operations < MaxOperations; operations++)
            {
                await writer.StepAsync(client, emphasis, cancellationToken);
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            }
        }
        catch (ServerGoneException)
        {
            // That is what it is for.
        }
    }
}

using System.Threading.Channels;

namespace MemoryDapr.Upkeep;

/// <summary>The jobs whose time has come on this process.</summary>
internal sealed class UpkeepQueue
{
    /// <summary>There are four jobs; a signal that finds no room repeats one that waits.</summary>
    private readonly Channel<string> _due = Channel.CreateBounded<string>(
        new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>A job is due.</summary>
    public void Signal(string job) => _due.Writer.TryWrite(job);

    /// <summary>The due jobs, until cancelled.</summary>
    public IAsyncEnumerable<string> ReadAsync(CancellationToken cancellationToken) => _due.Reader.ReadAllAsync(cancellationToken);
}

using System.Collections.Concurrent;
using System.Threading.Channels;

namespace MemoryDapr.Stores.Outbox;

/// <summary>Which outboxes of this process have something to publish. An outbox that waits already is not added again.</summary>
internal sealed class OutboxQueue
{
    private readonly Channel<string> _waiting = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);

    /// <summary>Asks for an outbox to be published. There are as many entries as tenants at most.</summary>
    public void Signal(string outboxId)
    {
        if (_known.TryAdd(outboxId, true))
        {
            _waiting.Writer.TryWrite(outboxId);
        }
    }

    /// <summary>The outboxes in the order in which they were signalled, until cancelled.</summary>
    public async IAsyncEnumerable<string> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (string outboxId in _waiting.Reader.ReadAllAsync(cancellationToken))
        {
            // From here on a new signal is a new entry: what is added while this one is published is not missed.
            _known.TryRemove(outboxId, out _);
            yield return outboxId;
        }
    }
}

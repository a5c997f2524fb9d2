using MemoryDapr.Crash.Server;

namespace MemoryDapr.Crash.Load;

/// <summary>Waits until an acknowledged turn is evidence.</summary>
internal static class Indexing
{
    private const int MaxTries = 600;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(50);

    public static async Task WaitAsync(MemoryClient client, PostedTurn turn, CancellationToken cancellationToken)
    {
        for (int tries = 0; tries < MaxTries; tries++)
        {
            if (await client.FindAsync<ItemReply>($"/memory/items/{turn.ItemId}", cancellationToken) is not null)
            {
                return;
            }

            await Task.Delay(Delay, TimeProvider.System, cancellationToken);
        }

        throw new ContractException($"Turn {turn.Id} was acknowledged and is not indexed after {MaxTries * Delay}.");
    }
}

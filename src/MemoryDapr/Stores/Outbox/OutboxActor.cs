using System.Globalization;
using Dapr.Actors.Runtime;

namespace MemoryDapr.Stores.Outbox;

/// <inheritdoc cref="IOutboxActor"/>
internal sealed class OutboxActor(ActorHost host, OutboxQueue queue) : Actor(host), IOutboxActor, IRemindable
{
    private const string Place = "place";
    private const string Reminder = "publish";
    private const int PeekSize = 100;

    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(30);

    public async Task AddAsync(OutboxBatch batch, CancellationToken cancellationToken = default)
    {
        OutboxState state = await GetStateAsync(cancellationToken);
        if (state.First == state.End)
        {
            // The reminder comes first: if the process dies after it and before the save, it finds nothing and goes.
            await RegisterReminderAsync(Reminder, [], RetryPeriod, RetryPeriod);
        }

        await StateManager.SetStateAsync(Page(state.End), batch, cancellationToken);
        await StateManager.SetStateAsync(Place, state with { End = state.End + 1 }, cancellationToken);
    }

    public async Task<OutboxPage> PeekAsync(CancellationToken cancellationToken = default)
    {
        OutboxState state = await GetStateAsync(cancellationToken);
        var events = new List<OutboxEvent>();
        long next = state.First;
        while (next < state.End && events.Count < PeekSize)
        {
            OutboxBatch batch = await StateManager.GetStateAsync<OutboxBatch>(Page(next), cancellationToken);
            events.AddRange(batch.Events);
            next++;
        }

        return new OutboxPage(events, next);
    }

    public async Task AcknowledgeAsync(long next, CancellationToken cancellationToken = default)
    {
        OutboxState state = await GetStateAsync(cancellationToken);
        long first = Math.Clamp(next, state.First, state.End);
        for (long page = state.First; page < first; page++)
        {
            await StateManager.TryRemoveStateAsync(Page(page), cancellationToken);
        }

        await StateManager.SetStateAsync(Place, state with { First = first }, cancellationToken);
    }

    /// <summary>Something waits longer than it should: the process was stopped, or the broker is down.</summary>
    public async Task ReceiveReminderAsync(string reminderName, byte[] state, TimeSpan dueTime, TimeSpan period)
    {
        OutboxState place = await GetStateAsync(CancellationToken.None);
        if (place.First == place.End)
        {
            await UnregisterReminderAsync(Reminder);
        }
        else
        {
            queue.Signal(Id.GetId());
        }
    }

    // No slash: the name becomes part of a URL.
    private static string Page(long number) => string.Create(CultureInfo.InvariantCulture, $"page-{number}");

    private async Task<OutboxState> GetStateAsync(CancellationToken cancellationToken)
    {
        ConditionalValue<OutboxState> state = await StateManager.TryGetStateAsync<OutboxState>(Place, cancellationToken);
        return state.HasValue ? state.Value : new OutboxState(0, 0);
    }
}

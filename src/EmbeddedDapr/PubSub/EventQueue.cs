using EmbeddedDapr.Resources;

namespace EmbeddedDapr.PubSub;

/// <summary>The queue of one subscription of one app: its name in the table, its depth, and the signal that something came in.</summary>
internal sealed class EventQueue(Subscription subscription, string appId, string name, int depth)
{
    /// <summary>
    /// Events that a queue may hold. Beyond it publishing fails: a subscriber that takes nothing must not fill the disk. More means a
    /// longer outage of a subscriber outlived, at about the size of an event for each.
    /// </summary>
    public const int MaxDepth = 1_000_000;

    private int _depth = depth;

    /// <summary>Raised after a commit that put events into the queue.</summary>
    public event Action? Arrived;

    public Subscription Subscription { get; } = subscription;

    public string AppId { get; } = appId;

    public string Name { get; } = name;

    public int Depth => Volatile.Read(ref _depth);

    public static string NameOf(Subscription subscription, string appId) => $"{appId}/{subscription.Name}";

    /// <summary>Makes room for <paramref name="events"/>; false when there is none.</summary>
    public bool TryReserve(int events)
    {
        if (Interlocked.Add(ref _depth, events) <= MaxDepth)
        {
            return true;
        }

        Release(events);
        return false;
    }

    public void Release(int events) => Interlocked.Add(ref _depth, -events);

    public void OnArrived() => Arrived?.Invoke();
}

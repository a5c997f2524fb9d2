namespace MemoryDapr.Recall;

/// <summary>
/// Keeps the most recently used answers. Whoever asks for a key whose answer is being made waits for that one. Every operation takes the
/// same time however much is kept; what failed is not kept.
/// </summary>
internal sealed class SingleFlightCache<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = new();

    /// <summary>How many answers are kept or being made.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>
    /// The answer. <paramref name="make"/> belongs to nobody who waits: it ends by its own deadline, and one who gives up takes nothing
    /// from the others.
    /// </summary>
    public Task<TValue> GetAsync(TKey key, Func<Task<TValue>> make, CancellationToken cancellationToken)
    {
        Entry entry;
        bool isNew = false;
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out LinkedListNode<Entry>? node))
            {
                _byUse.Remove(node);
            }
            else
            {
                isNew = true;
                node = new LinkedListNode<Entry>(new Entry(key, new(TaskCreationOptions.RunContinuationsAsynchronously)));
                _entries.Add(key, node);
            }

            _byUse.AddFirst(node);
            entry = node.Value;
            if (_entries.Count > capacity)
            {
                _entries.Remove(_byUse.Last!.Value.Key);
                _byUse.RemoveLast();
            }
        }

        if (isNew)
        {
            _ = MakeAsync(entry, make);
        }

        return entry.Answer.Task.WaitAsync(cancellationToken);
    }

    private async Task MakeAsync(Entry entry, Func<Task<TValue>> make)
    {
        try
        {
            entry.Answer.SetResult(await make());
        }
#pragma warning disable CA1031 // Whoever waits for the answer gets it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Remove(entry);
            entry.Answer.SetException(exception);
        }
    }

    private void Remove(Entry entry)
    {
        lock (_gate)
        {
            // It may have made room for others, and been asked for again since.
            if (_entries.TryGetValue(entry.Key, out LinkedListNode<Entry>? node) && node.Value == entry)
            {
                _entries.Remove(entry.Key);
                _byUse.Remove(node);
            }
        }
    }

    private sealed record Entry(TKey Key, TaskCompletionSource<TValue> Answer);
}

namespace EmbeddedDapr.Invocation;

/// <summary>A bounded cache: a value is made at its key's first use, and the one unused for longest goes when there is no room.</summary>
internal sealed class LeastRecentlyUsed<TKey, TValue>(int capacity, Func<TKey, TValue> make)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _nodes = [];
    private readonly LinkedList<(TKey Key, TValue Value)> _byUse = new();

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _nodes.Count;
            }
        }
    }

    public TValue Get(TKey key)
    {
        lock (_gate)
        {
            if (_nodes.TryGetValue(key, out LinkedListNode<(TKey Key, TValue Value)>? node))
            {
                _byUse.Remove(node);
            }
            else
            {
                if (_nodes.Count == capacity)
                {
                    _nodes.Remove(_byUse.Last!.Value.Key);
                    _byUse.RemoveLast();
                }

                node = new LinkedListNode<(TKey Key, TValue Value)>((key, make(key)));
                _nodes.Add(key, node);
            }

            _byUse.AddFirst(node);
            return node.Value.Value;
        }
    }
}

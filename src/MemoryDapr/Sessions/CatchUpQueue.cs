using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using MemoryDapr.Types;

namespace MemoryDapr.Sessions;

/// <summary>
/// The sessions of this process that are to be indexed, by scope: scopes are worked on beside each other, the sessions of a scope one
/// round after the other. A session that is added again while it waits waits once.
/// </summary>
internal sealed class CatchUpQueue(SessionsOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Scope, WaitingSessions> _waiting = [];
    private readonly HashSet<Scope> _taken = [];

    // Bounded by the number of waiting sessions: a scope is written when it gets its first one, and when it is given back with some.
    private readonly Channel<Scope> _ready = Channel.CreateUnbounded<Scope>();
    private int _count;

    /// <summary>How many sessions wait.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Adds a session unless it waits already; false if there is no room for it.</summary>
    public bool TryAdd(Scope scope, string sessionId)
    {
        lock (_lock)
        {
            bool isKnown = _waiting.TryGetValue(scope, out WaitingSessions? sessions);
            if (isKnown && sessions!.Ids.Contains(sessionId))
            {
                return true;
            }

            if (_count >= options.CatchUpCapacity)
            {
                return false;
            }

            if (!isKnown)
            {
                sessions = new WaitingSessions();
                _waiting.Add(scope, sessions);
                if (!_taken.Contains(scope))
                {
                    _ready.Writer.TryWrite(scope);
                }
            }

            sessions!.Ids.Add(sessionId);
            sessions.InOrder.Enqueue(new QueuedSession(sessionId, time.GetTimestamp()));
            _count++;
            return true;
        }
    }

    /// <summary>Waits for a scope with sessions and takes it; nobody else gets it until it is given back.</summary>
    public async ValueTask<Scope> TakeScopeAsync(CancellationToken cancellationToken)
    {
        Scope scope;
        do
        {
            await _ready.Reader.WaitToReadAsync(cancellationToken);
        }
        while (!TryTakeScope(out scope!));

        return scope;
    }

    /// <summary>Takes a scope with sessions if there is one.</summary>
    public bool TryTakeScope([NotNullWhen(true)] out Scope? scope)
    {
        lock (_lock)
        {
            return _ready.Reader.TryRead(out scope) && _taken.Add(scope);
        }
    }

    /// <summary>Takes the sessions of a taken scope that have waited longest.</summary>
    public IReadOnlyList<QueuedSession> TakeSessions(Scope scope, int limit)
    {
        lock (_lock)
        {
            if (!_waiting.TryGetValue(scope, out WaitingSessions? sessions))
            {
                return [];
            }

            var taken = new List<QueuedSession>();
            while (taken.Count < limit && sessions.InOrder.TryDequeue(out QueuedSession session))
            {
                sessions.Ids.Remove(session.SessionId);
                taken.Add(session);
            }

            if (sessions.Ids.Count == 0)
            {
                _waiting.Remove(scope);
            }

            _count -= taken.Count;
            return taken;
        }
    }

    /// <summary>Gives a scope back.</summary>
    public void Release(Scope scope)
    {
        lock (_lock)
        {
            if (_taken.Remove(scope) && _waiting.ContainsKey(scope))
            {
                _ready.Writer.TryWrite(scope);
            }
        }
    }

    private sealed class WaitingSessions
    {
        public HashSet<string> Ids { get; } = new(StringComparer.Ordinal);

        public Queue<QueuedSession> InOrder { get; } = new();
    }
}

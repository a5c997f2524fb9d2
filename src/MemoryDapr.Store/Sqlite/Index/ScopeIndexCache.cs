using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using MemoryDapr.Telemetry;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>
/// The scopes' indexes that are in memory, up to a budget: the least recently used make room, also for those that are being loaded.
/// One that is larger than the budget is not kept, and remembered as such.
/// </summary>
internal sealed class ScopeIndexCache(long budgetBytes)
{
    /// <summary>Bytes that all indexes together may take.</summary>
    public long BudgetBytes { get; } = budgetBytes;

    private static readonly UpDownCounter<long> BytesGauge =
        MemoryTelemetry.Meter.CreateUpDownCounter<long>("memory_store_index_bytes", "By", "Bytes of the scopes' indexes in memory.");

    private static readonly UpDownCounter<int> ScopesGauge =
        MemoryTelemetry.Meter.CreateUpDownCounter<int>("memory_store_index_scopes", "{scope}", "Scopes whose index is in memory.");

    private static readonly Counter<int> Evictions =
        MemoryTelemetry.Meter.CreateCounter<int>("memory_store_index_evictions_total", "{scope}", "Indexes that made room for others.");

    /// <summary>Scopes too large for the budget that are remembered; a forgotten one is found too large again.</summary>
    private const int MostTooLarge = 1_000;

    private readonly ConcurrentDictionary<Scope, Entry> _entries = new();
    private readonly ConcurrentDictionary<Scope, bool> _tooLarge = new();
    private readonly Lock _accounts = new();
    private long _bytes;
    private long _uses;

    /// <summary>Bytes of all indexes in memory.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>How many are in memory.</summary>
    public int Count => _entries.Count;

    public ScopeIndex? Find(Scope scope)
    {
        if (!_entries.TryGetValue(scope, out Entry? entry))
        {
            return null;
        }

        Volatile.Write(ref entry.LastUse, Interlocked.Increment(ref _uses));
        return entry.Index;
    }

    /// <summary>Whether the scope's index was too large when it was last seen.</summary>
    public bool IsTooLarge(Scope scope) => _tooLarge.ContainsKey(scope);

    /// <summary>The scope may have become smaller.</summary>
    public void Reconsider(Scope scope) => _tooLarge.TryRemove(scope, out _);

    /// <summary>Remembers that the scope's index is too large, and answers that there is none.</summary>
    public ScopeIndex? MarkTooLarge(Scope scope)
    {
        if (_tooLarge.Count >= MostTooLarge)
        {
            _tooLarge.Clear();
        }

        _tooLarge[scope] = true;
        return null;
    }

    /// <summary>Room for an index while it is loaded, until it is kept or dropped.</summary>
    public Room Reserve() => new(this);

    /// <summary>
    /// Takes an index in, or takes note of what it weighs now, and makes room if that is too much together. False if it alone is.
    /// </summary>
    public bool Keep(Scope scope, ScopeIndex index)
    {
        lock (_accounts)
        {
            if (index.Bytes > BudgetBytes)
            {
                Forget(scope);
                MarkTooLarge(scope);
                return false;
            }

            if (!_entries.TryGetValue(scope, out Entry? entry) || entry.Index != index)
            {
                Forget(scope);
                entry = new Entry(index);
                _entries[scope] = entry;
                ScopesGauge.Add(1);
            }

            Volatile.Write(ref entry.LastUse, Interlocked.Increment(ref _uses));
            Account(index.Bytes - entry.Bytes);
            entry.Bytes = index.Bytes;
            MakeRoom();
            return true;
        }
    }

    /// <summary>Lets go of an index: the next use loads it.</summary>
    public void Drop(Scope scope)
    {
        lock (_accounts)
        {
            Forget(scope);
        }
    }

    // A tenth more than needed, so that not every addition looks through all scopes.
    private void MakeRoom()
    {
        if (_bytes <= BudgetBytes)
        {
            return;
        }

        foreach ((Scope scope, _) in _entries.ToArray().OrderBy(pair => Volatile.Read(ref pair.Value.LastUse)))
        {
            if (_bytes <= BudgetBytes / 10 * 9)
            {
                return;
            }

            Forget(scope);
            Evictions.Add(1);
        }
    }

    private void Forget(Scope scope)
    {
        if (_entries.TryRemove(scope, out Entry? entry))
        {
            Account(-entry.Bytes);
            ScopesGauge.Add(-1);
        }
    }

    private void Account(long bytes)
    {
        Interlocked.Add(ref _bytes, bytes);
        BytesGauge.Add(bytes);
    }

    /// <summary>What an index that is being loaded takes of the budget.</summary>
    internal sealed class Room(ScopeIndexCache cache) : IDisposable
    {
        private long _bytes;

        /// <summary>Takes so many bytes, in all, and has others make room for them.</summary>
        public void Take(long bytes)
        {
            lock (cache._accounts)
            {
                cache.Account(bytes - _bytes);
                _bytes = bytes;
                cache.MakeRoom();
            }
        }

        public void Dispose()
        {
            lock (cache._accounts)
            {
                cache.Account(-_bytes);
                _bytes = 0;
            }
        }
    }

    private sealed class Entry(ScopeIndex index)
    {
        public long LastUse;

        public ScopeIndex Index { get; } = index;

        public long Bytes { get; set; }
    }
}

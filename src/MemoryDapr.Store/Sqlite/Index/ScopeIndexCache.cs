using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using MemoryDapr.Telemetry;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>
/// The scopes' indexes that are in memory, up to a budget: the least recently used make room. One that is larger than the budget is
/// loaded for each answer.
/// </summary>
internal sealed class ScopeIndexCache(long budgetBytes)
{
    private static readonly UpDownCounter<long> BytesGauge =
        MemoryTelemetry.Meter.CreateUpDownCounter<long>("memory_store_index_bytes", "By", "Bytes of the scopes' indexes in memory.");

    private static readonly UpDownCounter<int> ScopesGauge =
        MemoryTelemetry.Meter.CreateUpDownCounter<int>("memory_store_index_scopes", "{scope}", "Scopes whose index is in memory.");

    private static readonly Counter<int> Evictions =
        MemoryTelemetry.Meter.CreateCounter<int>("memory_store_index_evictions_total", "{scope}", "Indexes that made room for others.");

    private readonly ConcurrentDictionary<Scope, Entry> _entries = new();
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

    /// <summary>Takes an index in, or takes note of what it weighs now, and makes room if that is too much together.</summary>
    public void Keep(Scope scope, ScopeIndex index)
    {
        lock (_accounts)
        {
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
        if (_bytes <= budgetBytes)
        {
            return;
        }

        foreach ((Scope scope, _) in _entries.ToArray().OrderBy(pair => Volatile.Read(ref pair.Value.LastUse)))
        {
            if (_bytes <= budgetBytes / 10 * 9)
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

    private sealed class Entry(ScopeIndex index)
    {
        public long LastUse;

        public ScopeIndex Index { get; } = index;

        public long Bytes { get; set; }
    }
}

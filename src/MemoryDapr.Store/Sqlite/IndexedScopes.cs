using System.Diagnostics;
using System.Diagnostics.Metrics;
using EmbeddedDapr.Storage;
using MemoryDapr.Recall.Ranking;
using MemoryDapr.Store.Sqlite.Index;
using MemoryDapr.Stores;
using MemoryDapr.Telemetry;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite;

/// <summary>
/// Ranks scopes by their indexes: those in memory, those that are loaded for it and stay, and those too large to stay, of which each
/// question loads what it needs. Whoever writes to a scope, or calls what says so, holds the scope's gate.
/// </summary>
internal sealed class IndexedScopes(GroupCommitDatabase database, ScopeIndexCache cache, StripedGates gates) : IDisposable
{
    /// <summary>Items whose analyses share a write: few enough that other writes wait no longer than for a batch.</summary>
    private const int AnalyzedAtOnce = 200;

    private static readonly Counter<int> PartialLoads = MemoryTelemetry.Meter.CreateCounter<int>(
        "memory_store_partial_loads_total", "{search}", "Searches of a scope too large for the index budget, which read it from the file.");

    /// <summary>
    /// From so many items on, what is distilled of a scope has an index of its own: who looks for neighbours of something new would
    /// otherwise go through all that was said, tens of times as much. Below it that costs less than the second index.
    /// </summary>
    private const int LargeScope = 4_000;

    /// <summary>One at a time: each takes memory for every item of a very large scope.</summary>
    private readonly SemaphoreSlim _partial = new(1);

    public async Task<RankedScope> RankAsync(SearchPlan plan, RankingFeatures features, CancellationToken cancellationToken)
    {
        ScopeIndex? index = await FindAsync(plan.Scope, ofAll: true, cancellationToken);
        if (index is null)
        {
            return await RankFromFileAsync(plan, features, cancellationToken);
        }

        if (plan.AmongDistilled && index.LiveItems >= LargeScope)
        {
            index = await FindAsync(plan.Scope, ofAll: false, cancellationToken) ?? index;
        }

        index.Lock.EnterReadLock();
        try
        {
            return ScopeSearch.Rank(index, plan, features);
        }
        finally
        {
            index.Lock.ExitReadLock();
        }
    }

    /// <summary>Has the scope's index, if it is in memory, follow a batch that is committed. The caller holds the scope's gate.</summary>
    public void Follow(StoreBatch batch, byte[][] analyses, long[] rows)
    {
        Follow(batch.Scope, batch, analyses, rows, ofAll: true);
        Follow(DistilledOf(batch.Scope), batch, analyses, rows, ofAll: false);
    }

    public void Drop(Scope scope)
    {
        cache.Drop(scope);
        cache.Drop(DistilledOf(scope));
    }

    public void Dispose() => _partial.Dispose();

    // No user's name has a slash.
    private static Scope DistilledOf(Scope scope) => scope with { User = $"{scope.User}/distilled" };

    private void Follow(Scope key, StoreBatch batch, byte[][] analyses, long[] rows, bool ofAll)
    {
        if (batch.RemovedItems.Count > 0)
        {
            cache.Reconsider(key);
        }

        if (cache.Find(key) is not { } index)
        {
            return;
        }

        using Activity? activity = MemoryTelemetry.Spans.StartActivity("store.index");
        index.Lock.EnterWriteLock();
        try
        {
            Apply(index, batch, analyses, rows, ofAll);
        }
        finally
        {
            index.Lock.ExitWriteLock();
        }

        if (index.IsWorn)
        {
            cache.Drop(key);
        }
        else
        {
            cache.Keep(key, index);
        }
    }

    private static void Apply(ScopeIndex index, StoreBatch batch, byte[][] analyses, long[] rows, bool ofAll)
    {
        foreach (string id in batch.RemovedItems)
        {
            index.Remove(id);
        }

        for (int i = 0; i < rows.Length; i++)
        {
            if (!ofAll && !batch.Items[i].Kind.IsDistilled())
            {
                continue;
            }

            SalienceLevel salience = batch.Items[i].Salience;
            index.Put(analyses[i], rows[i], (float)salience.Value, salience.At.UtcTicks);
        }

        foreach (ItemVector vector in batch.Vectors)
        {
            index.SetVector(vector.ItemId, [.. vector.Values]);
        }

        foreach (SalienceChange change in batch.Saliences)
        {
            index.SetSalience(change.ItemId, change.Salience);
        }
    }

    // Null for one that is larger than all indexes together may be.
    private async ValueTask<ScopeIndex?> FindAsync(Scope scope, bool ofAll, CancellationToken cancellationToken)
    {
        Scope key = ofAll ? scope : DistilledOf(scope);
        if (cache.Find(key) is { } known)
        {
            return known;
        }

        if (cache.IsTooLarge(key))
        {
            return null;
        }

        using (await gates.EnterAsync(scope, cancellationToken))
        {
            if (cache.Find(key) is { } loaded)
            {
                return loaded;
            }

            if (!await database.ReadAsync(session => AnalysisTable.IsCurrent(session, scope), cancellationToken))
            {
                await AnalyzeAgainAsync(scope, cancellationToken);
            }

            using Activity? activity = MemoryTelemetry.Spans.StartActivity("store.load");
            ScopeIndex index = new(scope.Key);
            bool isWhole;
            using (ScopeIndexCache.Room room = cache.Reserve())
            {
                isWhole = await database.ReadAsync(
                    session => ofAll
                        ? AnalysisTable.Load(session, scope, index, room, cache.BudgetBytes)
                        : AnalysisTable.LoadDistilled(session, scope, index, room, cache.BudgetBytes),
                    cancellationToken);
            }

            activity?.SetTag("memory.items", index.LiveItems);
            return isWhole && cache.Keep(key, index) ? index : cache.MarkTooLarge(key);
        }
    }

    // By an index of the same kind that has every item, but of the words only the question's: half the bytes, and the same answer.
    private async Task<RankedScope> RankFromFileAsync(SearchPlan plan, RankingFeatures features, CancellationToken cancellationToken)
    {
        await _partial.WaitAsync(cancellationToken);
        try
        {
            using Activity? activity = MemoryTelemetry.Spans.StartActivity("store.load_partial");
            PartialLoads.Add(1);
            var index = new ScopeIndex(plan.Scope.Key, plan.Terms.Select(term => TermHash.Of(term.Term)).ToHashSet());
            using ScopeIndexCache.Room room = cache.Reserve();
            await database.ReadAsync(session => AnalysisTable.Load(session, plan.Scope, index, room, long.MaxValue), cancellationToken);
            return ScopeSearch.Rank(index, plan, features);
        }
        finally
        {
            _partial.Release();
        }
    }

    // The scope's first search after a release that analyses otherwise. What is done stays done if this is cut short.
    private async Task AnalyzeAgainAsync(Scope scope, CancellationToken cancellationToken)
    {
        using Activity? activity = MemoryTelemetry.Spans.StartActivity("store.analyze");
        Cursor from = Cursor.Start;
        while (await database.ReadAsync(session => ItemTable.ListUnanalyzed(session, scope, from, AnalyzedAtOnce), cancellationToken)
            is { Count: > 0 } items)
        {
            byte[][] analyses = [.. items.Select(row => ItemAnalyzer.Analyze(row.Item))];
            await database.WriteAsync(session => BatchWriter.WriteAnalyses(session, scope, items, analyses), cancellationToken);
            from = new Cursor(items[^1].Item.CreatedAt.UtcTicks, items[^1].Item.Id);
        }

        await database.WriteAsync(session => AnalysisTable.SetCurrent(session, scope), cancellationToken);
    }
}

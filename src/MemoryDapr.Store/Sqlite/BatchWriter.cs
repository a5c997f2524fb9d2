using EmbeddedDapr.Storage;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite;

/// <summary>Writes a batch, all of it in the caller's transaction, and answers the rows of its items in their order.</summary>
internal static class BatchWriter
{
    public static long[] Write(SqliteSession session, StoreBatch batch, byte[][] analyses)
    {
        long scope = SessionTable.ScopeOf(session, batch.Scope);
        foreach (TurnTombstone tombstone in batch.Tombstones)
        {
            ErasureTable.Bury(session, batch.Scope, tombstone);
        }

        foreach (string id in batch.RemovedItems)
        {
            ItemTable.Remove(session, scope, id);
        }

        foreach (string id in batch.RemovedSessions)
        {
            SessionTable.Remove(session, batch.Scope, id);
        }

        long[] rows = [.. batch.Items.Select((item, i) => ItemTable.Put(session, scope, item, analyses[i]))];
        foreach (ItemVector vector in batch.Vectors)
        {
            ItemTable.SetVector(session, scope, vector);
        }

        foreach (SalienceChange change in batch.Saliences)
        {
            ItemTable.SetSalience(session, scope, change);
        }

        foreach (HistoryEntry entry in batch.History)
        {
            HistoryTable.Add(session, scope, entry);
        }

        WriteRecords(session, scope, batch);
        return rows;
    }

    /// <summary>Writes analyses of items that are there already.</summary>
    public static void WriteAnalyses(SqliteSession session, Scope scope, List<(long Row, MemoryItem Item)> items, byte[][] analyses)
    {
        long id = SessionTable.ScopeOf(session, scope);
        for (int i = 0; i < items.Count; i++)
        {
            AnalysisTable.Put(session, id, items[i].Row, items[i].Item.Salience, analyses[i]);
        }
    }

    private static void WriteRecords(SqliteSession session, long scope, StoreBatch batch)
    {
        foreach (SessionRecord record in batch.Sessions)
        {
            SessionTable.Put(session, record);
        }

        foreach (PipelineRecord record in batch.Pipelines)
        {
            PipelineTable.Put(session, record);
        }

        foreach (string id in batch.RemovedPipelines)
        {
            PipelineTable.Remove(session, batch.Scope, id);
        }

        foreach (ErasureRecord record in batch.Erasures)
        {
            ErasureTable.Put(session, record);
        }

        CitationTable.Add(session, scope, batch.Citations);
    }

    /// <summary>Refuses what is not of the batch's scope, before anything is written: a mix-up here would cross the wall.</summary>
    /// <exception cref="ArgumentException">Some part belongs to another scope.</exception>
    public static void Check(StoreBatch batch)
    {
        string key = batch.Scope.Key;
        bool isForeign = batch.Items.Any(item => item.Scope != batch.Scope || !IsOf(key, item.Id))
            || batch.RemovedItems.Any(id => !IsOf(key, id))
            || batch.Vectors.Any(vector => !IsOf(key, vector.ItemId))
            || batch.Saliences.Any(change => !IsOf(key, change.ItemId))
            || batch.History.Any(entry => !IsOf(key, entry.ItemId))
            || batch.Sessions.Any(record => record.Scope != batch.Scope)
            || batch.Pipelines.Any(record => record.Scope != batch.Scope)
            || batch.Erasures.Any(record => record.Scope != batch.Scope);
        if (isForeign)
        {
            throw new ArgumentException("A part of the batch is not of its scope.", nameof(batch));
        }
    }

    private static bool IsOf(string scopeKey, string id) => ItemId.IsWellFormed(id) && ItemId.ScopeKey(id) == scopeKey;
}

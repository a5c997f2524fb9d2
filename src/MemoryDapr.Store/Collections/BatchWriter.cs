using MemoryDapr.Store.Collections.Chunks;
using MemoryDapr.Store.Collections.Records;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Collections;

/// <summary>
/// Writes batches so that each is in whole or will be, whenever the process dies. The order:
/// <list type="number">
/// <item>The entry of the batch before, if one is left, is written to its end: the scope is as its writer believes it to be.</item>
/// <item>The journal's entry: from here on the batch will be in, whoever finds it.</item>
/// <item>Tombstones and the owners of sessions: what is erased is refused before anything else is seen to change.</item>
/// <item>Chunks: turns with neighbours and cited ones, then what cites them, then what goes. Neighbours are found by the places of what
/// goes and cited turns by what cited them, so they come first.</item>
/// <item>Records that go, then records that say how far things have come: none says more than the chunks have.</item>
/// <item>The scope's profile, and the journal's entry goes.</item>
/// </list>
/// Every step puts whole objects under computed ids or removes by id, and leaves out what is as it should be: after a death, or a call that
/// was given up, the next attempt goes on where the last one was.
/// </summary>
internal sealed class BatchWriter(ICollections collections)
{
    private const int DeletedAtOnce = 500;
    private const int RenewedAtOnce = 100;

    private readonly ChunkPlanner _chunks = new(collections.Chunks);
    private readonly ItemReader _items = new(collections.Chunks);
    private readonly RecordStore _records = new(collections.Records);

    /// <summary>Finishes what an earlier attempt left of a scope. Without that nothing of the scope may be relied upon.</summary>
    public async Task SettleAsync(string scopeKey, CancellationToken cancellationToken)
    {
        if (await _records.ReadAsync(RecordObject.JournalId(scopeKey), cancellationToken) is { } left)
        {
            JournalEntry entry = RecordObject.Read<JournalEntry>(left);
            await CarryOutAsync(entry, await PlanAsync(entry.Batch, cancellationToken), cancellationToken);
        }
    }

    /// <summary>The entries that earlier attempts left, of any scope.</summary>
    public async Task<IReadOnlyList<string>> ListUnsettledAsync(int limit, CancellationToken cancellationToken) =>
        [.. (await _records.FindAsync(Condition.Is(RecordProperty.Type, RecordType.Journal), limit, cancellationToken))
            .Select(entry => entry.Text(RecordProperty.Owner))
            .OfType<string>()];

    public async Task WriteAsync(StoreBatch batch, CancellationToken cancellationToken)
    {
        string key = batch.Scope.Key;
        IReadOnlyDictionary<Guid, StoredObject> known = await _records.ReadAsync(
            [RecordObject.JournalId(key), RecordObject.ScopeId(key)], cancellationToken);
        if (known.ContainsKey(RecordObject.JournalId(key)))
        {
            await SettleAsync(key, cancellationToken);
            known = await _records.ReadAsync([RecordObject.ScopeId(key)], cancellationToken);
        }

        (ChunkPlan Chunks, RecordPlan Records) plan = await PlanAsync(batch, cancellationToken);
        if (plan.Chunks.Items.Count == 0 && plan.Records.Count == 1 && batch.Sessions.Count == 0 && batch.RemovedSessions.Count == 0)
        {
            // One object is whole or not there: it needs no journal.
            await WriteAsync(plan.Records, cancellationToken);
            return;
        }

        ScopeProfile before = known.TryGetValue(RecordObject.ScopeId(key), out StoredObject? stored)
            ? RecordObject.Read<ScopeProfile>(stored)
            : new ScopeProfile { Scope = batch.Scope, Form = ScopeProfile.CurrentForm };
        if (before.Form < ScopeProfile.CurrentForm)
        {
            before = await RenewAsync(before, cancellationToken);
            plan = await PlanAsync(batch, cancellationToken);
        }

        var entry = new JournalEntry(batch, before.After(plan.Chunks.Items));
        await collections.Records.PutAsync(null, [RecordObject.Of(entry)], cancellationToken);
        await CarryOutAsync(entry, plan, cancellationToken);
    }

    // An earlier release wrote this scope: what is distilled is put again as it is, and so lends its words to its turns. Pages that an
    // attempt which was given up has done are read only.
    private async Task<ScopeProfile> RenewAsync(ScopeProfile profile, CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            Page<MemoryItem> page = await _items.ListAsync(
                new ItemQuery { Scope = profile.Scope, Kinds = [MemoryKind.Episode, MemoryKind.Fact], Cursor = cursor, Limit = RenewedAtOnce }, cancellationToken);
            var entry = new JournalEntry(new StoreBatch { Scope = profile.Scope, Items = page.Items }, profile);
            (ChunkPlan Chunks, RecordPlan Records) plan = await PlanAsync(entry.Batch, cancellationToken);
            if (plan.Chunks.Others.Count > 0)
            {
                await collections.Records.PutAsync(null, [RecordObject.Of(entry)], cancellationToken);
                await CarryOutAsync(entry, plan, cancellationToken);
            }

            cursor = page.NextCursor;
        }
        while (cursor is not null);

        return profile with { Form = ScopeProfile.CurrentForm };
    }

    private async Task<(ChunkPlan Chunks, RecordPlan Records)> PlanAsync(StoreBatch batch, CancellationToken cancellationToken) =>
        (await _chunks.PlanAsync(batch, cancellationToken), await RecordPlan.MakeAsync(_records, batch, cancellationToken));

    private async Task CarryOutAsync(JournalEntry entry, (ChunkPlan Chunks, RecordPlan Records) plan, CancellationToken cancellationToken)
    {
        string key = entry.Batch.Scope.Key;
        await PutAsync(collections.Records, null, plan.Records.First, cancellationToken);
        await PutAsync(collections.Chunks, key, plan.Chunks.Turns, cancellationToken);
        await PutAsync(collections.Chunks, key, plan.Chunks.Others, cancellationToken);
        await DeleteAsync(collections.Chunks, key, plan.Chunks.Deletes, cancellationToken);
        await WriteAsync(plan.Records with { First = [] }, cancellationToken);
        if (entry.Profile.Items > 0 || await HasSessionAsync(key, cancellationToken))
        {
            await collections.Records.PutAsync(null, [RecordObject.Of(entry.Profile)], cancellationToken);
        }
        else
        {
            await collections.RemoveTenantAsync(key, cancellationToken);
            await DeleteAsync(collections.Records, null, [RecordObject.ScopeId(key)], cancellationToken);
        }

        await DeleteAsync(collections.Records, null, [RecordObject.JournalId(key)], cancellationToken);
    }

    private async Task WriteAsync(RecordPlan plan, CancellationToken cancellationToken)
    {
        await PutAsync(collections.Records, null, plan.First, cancellationToken);
        await DeleteAsync(collections.Records, null, plan.Removed, cancellationToken);
        await PutAsync(collections.Records, null, plan.Then, cancellationToken);
        if (plan.CitationsBefore is { } before)
        {
            await collections.Records.DeleteAsync(
                null,
                Condition.All(Condition.Is(RecordProperty.Type, RecordType.Citation), Condition.That(RecordProperty.Updated, Comparison.Less, SortText.Of(before))),
                cancellationToken);
        }
    }

    private async Task<bool> HasSessionAsync(string scopeKey, CancellationToken cancellationToken) =>
        (await _records.FindAsync(
            Condition.All(Condition.Is(RecordProperty.Type, RecordType.Session), Condition.Is(RecordProperty.Owner, scopeKey)), 1, cancellationToken)).Count > 0;

    private static Task PutAsync(ICollection collection, string? tenant, IReadOnlyList<StoredObject> objects, CancellationToken cancellationToken) =>
        objects.Count == 0 ? Task.CompletedTask : collection.PutAsync(tenant, objects, cancellationToken);

    private static async Task DeleteAsync(ICollection collection, string? tenant, IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        foreach (Guid[] some in ids.Chunk(DeletedAtOnce))
        {
            await collection.DeleteAsync(tenant, Condition.Ids(some), cancellationToken);
        }
    }
}

using System.Diagnostics;
using MemoryDapr.Telemetry;
using MemoryDapr.Types;

namespace MemoryDapr.Stores.Writing;

/// <summary>Stores what pipelines made, after a last look at what has happened since they decided.</summary>
/// <remarks>
/// <list type="number">
/// <item>What this pipeline has stored already is left as it is: activities run at least once.</item>
/// <item>What rests on erased turns is rebuilt from the others, or dropped.</item>
/// <item>A merge into an item that has changed since, and a new item beside one that says the same, are conflicts: nothing is stored.</item>
/// <item>The rest is stored in one batch.</item>
/// </list>
/// </remarks>
internal sealed class DerivedWriter(
    IMemoryStore store,
    SourceCheck sources,
    IDerivedRebuilder rebuilder,
    SimilarItems similar,
    TimeProvider time)
{
    public async Task<DerivedOutcome> StoreAsync(DerivedBatch batch, RecentlyDerived recent, CancellationToken cancellationToken)
    {
        using Activity? span = MemoryTelemetry.Spans.StartActivity("distill.store");
        span?.SetTag("memory.pipeline", batch.PipelineId).SetTag("memory.items", batch.Items.Count);
        string[] ids = [.. batch.Items.Select(item => item.Id).Concat(batch.Promoted).Distinct()];
        Dictionary<string, MemoryItem> stored = (await store.GetItemsAsync(batch.Scope.Tenant, ids, cancellationToken))
            .ToDictionary(item => item.Id, StringComparer.Ordinal);

        // :: Step 1
        var pending = new List<MemoryItem>();
        var done = new List<string>();
        foreach (MemoryItem item in batch.Items)
        {
            if (await IsStoredAsync(batch, item, stored, cancellationToken))
            {
                done.Add(item.Id);
            }
            else
            {
                pending.Add(item);
            }
        }

        // :: Step 2
        Dictionary<TurnSource, MemoryItem> standing =
            await sources.FindAsync(batch.Scope, pending.SelectMany(item => item.Sources), cancellationToken);
        var dropped = new List<string>();
        var writable = new List<MemoryItem>();
        var rebuilt = new HashSet<string>(StringComparer.Ordinal);
        foreach (MemoryItem item in pending)
        {
            MemoryItem? standingItem = await StandingAsync(batch.Scope, item, standing, cancellationToken);
            if (standingItem is null)
            {
                dropped.Add(item.Id);
            }
            else
            {
                writable.Add(standingItem);
                if (!ReferenceEquals(standingItem, item))
                {
                    rebuilt.Add(item.Id);
                }
            }
        }

        // :: Step 3
        IReadOnlyList<MemoryItem> conflicts = await FindConflictsAsync(batch, writable, rebuilt, stored, recent.Since(batch.DecidedAt), cancellationToken);
        if (conflicts.Count > 0)
        {
            return new DerivedOutcome([], [], conflicts);
        }

        // :: Step 4
        await ApplyAsync(batch, writable, rebuilt, stored, recent, cancellationToken);
        return new DerivedOutcome([.. done, .. writable.Select(item => item.Id)], dropped, []);
    }

    private async Task<bool> IsStoredAsync(
        DerivedBatch batch,
        MemoryItem item,
        Dictionary<string, MemoryItem> stored,
        CancellationToken cancellationToken)
    {
        if (!stored.TryGetValue(item.Id, out MemoryItem? present))
        {
            return false;
        }

        if (item.Version == 1)
        {
            return true;
        }

        if (present.Version < item.Version)
        {
            return false;
        }

        IReadOnlyList<HistoryEntry> history = await store.GetHistoryAsync(batch.Scope.Tenant, item.Id, cancellationToken);
        return history.Any(step => step.PipelineId == batch.PipelineId);
    }

    private async Task<MemoryItem?> StandingAsync(
        Scope scope,
        MemoryItem item,
        Dictionary<TurnSource, MemoryItem> standing,
        CancellationToken cancellationToken)
    {
        // An item that somebody erased by its id stays away, although its sources stand.
        if (await store.GetErasureAsync(scope.Tenant, ErasureKeys.Item(item.Id), cancellationToken) is not null)
        {
            return null;
        }

        // Neither does a fact outlive the episodes it was promoted from, where these were erased by their ids.
        if (item.DerivedFrom.Count > 0 && await AreErasedAsync(scope, item.DerivedFrom, cancellationToken))
        {
            return null;
        }

        if (item.Sources.All(standing.ContainsKey))
        {
            return item;
        }

        IReadOnlyList<MemoryItem> remaining = SourceCheck.Remaining(item, standing);
        MemoryItem? rebuilt = remaining.Count == 0 ? null : rebuilder.Rebuild(item, remaining, time.GetUtcNow());
        return rebuilt is null ? null : rebuilt with { Version = item.Version };
    }

    private async Task<bool> AreErasedAsync(Scope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        foreach (string id in ids)
        {
            if (await store.GetErasureAsync(scope.Tenant, ErasureKeys.Item(id), cancellationToken) is null)
            {
                return false;
            }
        }

        return true;
    }

    private async Task<IReadOnlyList<MemoryItem>> FindConflictsAsync(
        DerivedBatch batch,
        List<MemoryItem> writable,
        HashSet<string> rebuilt,
        Dictionary<string, MemoryItem> stored,
        IReadOnlyList<string>? since,
        CancellationToken cancellationToken)
    {
        var conflicts = new Dictionary<string, MemoryItem>(StringComparer.Ordinal);
        HashSet<string> known = [.. batch.Seen, .. batch.Items.Select(item => item.Id)];
        foreach (MemoryItem item in writable)
        {
            if (item.Version > 1)
            {
                if (stored.TryGetValue(item.Id, out MemoryItem? present) && present.Version != item.Version - 1)
                {
                    conflicts[present.Id] = present;
                }

                continue;
            }

            // What is rebuilt is not the text that was decided on.
            IReadOnlyList<string>? unknown = rebuilt.Contains(item.Id) ? null : since;
            foreach (MemoryItem alike in await similar.FindAsync(item, known, unknown, cancellationToken))
            {
                conflicts[alike.Id] = alike;
            }
        }

        return [.. conflicts.Values];
    }

    private async Task ApplyAsync(
        DerivedBatch batch,
        List<MemoryItem> writable,
        HashSet<string> rebuilt,
        Dictionary<string, MemoryItem> stored,
        RecentlyDerived recent,
        CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        HashSet<string> written = [.. writable.Select(item => item.Id)];
        IEnumerable<MemoryItem> promoted = batch.Promoted
            .Where(id => !written.Contains(id) && stored.TryGetValue(id, out MemoryItem? episode) && !episode.Promoted)
            .Select(id => stored[id] with { Promoted = true, UpdatedAt = now, Version = stored[id].Version + 1 });
        MemoryItem[] items = [.. writable, .. promoted];
        if (items.Length == 0)
        {
            return;
        }

        HashSet<string> ids = [.. items.Select(item => item.Id)];
        recent.Note(ids);
        await store.ApplyAsync(
            new StoreBatch
            {
                Scope = batch.Scope,
                Items = items,

                // A vector and a reason tell of the text that they were made for.
                Vectors = [.. batch.Vectors.Where(vector => written.Contains(vector.ItemId) && !rebuilt.Contains(vector.ItemId))],
                History = [.. batch.History
                    .Where(step => ids.Contains(step.ItemId))
                    .Select(step => rebuilt.Contains(step.ItemId) ? ErasedReason.Remove(step, items) : step)],
                Sessions = batch.Distilled is { } mark ? await FindAdvancedAsync(mark, cancellationToken) : [],
            },
            cancellationToken);
    }

    // In the same commit as what was made of the turns; the step after this one finds it done.
    private async Task<IReadOnlyList<SessionRecord>> FindAdvancedAsync(DistilledMark mark, CancellationToken cancellationToken)
    {
        SessionRecord? session = await store.GetSessionAsync(mark.Scope.Tenant, mark.SessionId, cancellationToken);
        return session is not null && session.Scope == mark.Scope ? [session.WithDistilled(mark.Range)] : [];
    }
}

using System.Diagnostics;
using MemoryDapr.Telemetry;
using MemoryDapr.Types;

namespace MemoryDapr.Stores.Writing;

/// <summary>Erases turns and items with everything that was derived from them.</summary>
internal sealed class Eraser(IMemoryStore store, SourceCheck sources, IDerivedRebuilder rebuilder)
{
    public async Task<ErasureRecord> EraseAsync(ErasureStep step, CancellationToken cancellationToken)
    {
        using Activity? span = MemoryTelemetry.Spans.StartActivity("forget.step");
        span?.SetTag("memory.turns", step.Turns.Count).SetTag("memory.items", step.ItemIds.Count);
        Scope scope = step.Erasure.Scope;

        // The stored record counts what earlier steps did, also those whose answer was lost. Two requests at once share one receipt;
        // one after a complete erasure gets its own.
        ErasureRecord? stored = await store.GetErasureAsync(scope.Tenant, step.Erasure.Key, cancellationToken);
        ErasureRecord erasure = Continue(step.Erasure, stored);

        TurnSource[] turns = [.. step.Turns.Select(turn => new TurnSource(turn.SessionId, turn.TurnId))];
        List<MemoryItem> removed = [.. (await sources.FindAsync(scope, turns, cancellationToken)).Values];
        removed.AddRange(await FindItemsAsync(scope, step.ItemIds, cancellationToken));
        IReadOnlyList<MemoryItem> derived = await FindDerivedAsync(scope, turns, removed, cancellationToken);
        (List<MemoryItem> rebuilt, List<MemoryItem> unsupported) = await RebuildAsync(scope, derived, turns, step, cancellationToken);
        removed.AddRange(unsupported);

        IReadOnlyList<string> emptied = await FindEmptiedAsync(step, turns, cancellationToken);
        erasure = erasure with
        {
            Episodic = erasure.Episodic + removed.Count(item => item.Kind is MemoryKind.Turn or MemoryKind.Episode),
            Semantic = erasure.Semantic + removed.Count(item => item.Kind is MemoryKind.Fact or MemoryKind.Document),
            Rebuilt = erasure.Rebuilt + rebuilt.Count,
            CompletedAt = step.Completes ? erasure.CompletedAt ?? step.At : null,
        };
        await store.ApplyAsync(
            new StoreBatch
            {
                Scope = scope,
                Tombstones = [.. step.Turns.Select(turn => new TurnTombstone(turn.SessionId, turn.TurnId, turn.ContentHash, step.At))],
                RemovedItems = [.. removed.Concat(rebuilt).Select(item => item.Id).Distinct()],
                RemovedSessions = emptied,
                Sessions = await RecountAsync(scope, removed, emptied, cancellationToken),
                Items = rebuilt,
                History = await RetellAsync(scope, rebuilt, step.At, cancellationToken),
                Pipelines = await StopPipelinesAsync(scope, turns, emptied, step.At, cancellationToken),
                Erasures = [.. removed
                    .Where(item => IsErasedForItself(item, step))
                    .Select(item => ForItem(erasure, item, step.At))
                    .Where(other => other.Key != erasure.Key)
                    .DistinctBy(other => other.Key)
                    .Append(erasure)],
            },
            cancellationToken);
        return erasure;
    }

    private static ErasureRecord Continue(ErasureRecord asked, ErasureRecord? stored) =>
        stored is not null && (stored.CompletedAt is null || stored.ReceiptId == asked.ReceiptId)
            ? stored with
            {
                Working = Math.Max(stored.Working, asked.Working),
                RepeatedAt = asked.RepeatedAt > (stored.RepeatedAt ?? DateTimeOffset.MinValue) ? asked.RepeatedAt : stored.RepeatedAt,
            }
            : asked;

    // What goes because its turns go stays away with them; what goes although they stay, or has none, needs a record of its own, or an
    // import or a pipeline that is under way would bring it back.
    private static bool IsErasedForItself(MemoryItem item, ErasureStep step) =>
        item.Kind != MemoryKind.Turn && (step.ItemIds.Contains(item.Id) || LostItsEpisodes(item, step));

    private static bool LostItsEpisodes(MemoryItem item, ErasureStep step) =>
        item.DerivedFrom.Count > 0 && item.DerivedFrom.All(step.ItemIds.Contains);

    private static ErasureRecord ForItem(ErasureRecord erasure, MemoryItem item, DateTimeOffset at) => new()
    {
        Key = ErasureKeys.Item(item.Id),
        Scope = erasure.Scope,
        ReceiptId = erasure.ReceiptId,
        RequestedAt = erasure.RequestedAt,
        CompletedAt = at,
        Episodic = item.Kind == MemoryKind.Episode ? 1 : 0,
        Semantic = item.Kind == MemoryKind.Episode ? 0 : 1,
    };

    // The items are stored anew, without their vectors and with what their histories may still tell.
    private async Task<IReadOnlyList<HistoryEntry>> RetellAsync(
        Scope scope,
        List<MemoryItem> rebuilt,
        DateTimeOffset at,
        CancellationToken cancellationToken)
    {
        var history = new List<HistoryEntry>();
        foreach (MemoryItem item in rebuilt)
        {
            history.AddRange((await store.GetHistoryAsync(scope.Tenant, item.Id, cancellationToken)).Select(step => ErasedReason.Remove(step, rebuilt)));
            history.Add(new HistoryEntry(item.Id, at, "rebuilt", ErasedReason.Text, null, [], item.Sources, null));
        }

        return history;
    }

    private async Task<IEnumerable<MemoryItem>> FindItemsAsync(Scope scope, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        ids.Count == 0 ? [] : (await store.GetItemsAsync(scope.Tenant, ids, cancellationToken)).Where(item => item.Scope == scope);

    // What cites an erased turn, and the facts that were promoted from an erased episode.
    private async Task<IReadOnlyList<MemoryItem>> FindDerivedAsync(
        Scope scope,
        TurnSource[] turns,
        List<MemoryItem> removed,
        CancellationToken cancellationToken)
    {
        var derived = new Dictionary<string, MemoryItem>(StringComparer.Ordinal);
        HashSet<string> gone = [.. removed.Select(item => item.Id)];
        foreach (TurnSource[] chunk in turns.Chunk(500))
        {
            foreach (MemoryItem item in await store.FindCitingAsync(scope, chunk, cancellationToken))
            {
                derived[item.Id] = item;
            }
        }

        MemoryItem[] episodes = [.. removed.Where(item => item.Kind == MemoryKind.Episode)];
        foreach (TurnSource[] chunk in episodes.SelectMany(episode => episode.Sources).Distinct().Chunk(500))
        {
            foreach (MemoryItem item in await store.FindCitingAsync(scope, chunk, cancellationToken))
            {
                if (item.DerivedFrom.Any(gone.Contains) && item.DerivedFrom.All(gone.Contains))
                {
                    derived[item.Id] = item;
                }
            }
        }

        return [.. derived.Values.Where(item => !gone.Contains(item.Id)).OrderBy(item => item.Id, StringComparer.Ordinal)];
    }

    private async Task<(List<MemoryItem> Rebuilt, List<MemoryItem> Unsupported)> RebuildAsync(
        Scope scope,
        IReadOnlyList<MemoryItem> derived,
        TurnSource[] erased,
        ErasureStep step,
        CancellationToken cancellationToken)
    {
        Dictionary<TurnSource, MemoryItem> standing =
            await sources.FindAsync(scope, derived.SelectMany(item => item.Sources).Except(erased), cancellationToken);
        var rebuilt = new List<MemoryItem>();
        var unsupported = new List<MemoryItem>();
        foreach (MemoryItem item in derived)
        {
            IReadOnlyList<MemoryItem> remaining = SourceCheck.Remaining(item, standing);
            MemoryItem? anew = LostItsEpisodes(item, step) || remaining.Count == 0 ? null : rebuilder.Rebuild(item, remaining, step.At);
            if (anew is null)
            {
                unsupported.Add(item);
            }
            else
            {
                rebuilt.Add(anew);
            }
        }

        return (rebuilt, unsupported);
    }

    // A session that got new turns meanwhile keeps its record: they are welcome.
    private async Task<IReadOnlyList<string>> FindEmptiedAsync(ErasureStep step, TurnSource[] erased, CancellationToken cancellationToken)
    {
        var emptied = new List<string>();
        foreach (string sessionId in step.RemovedSessions)
        {
            int known = erased.Count(turn => turn.SessionId == sessionId);
            IReadOnlyList<MemoryItem> left = await store.ListTurnsAsync(step.Erasure.Scope, sessionId, 0, known + 1, cancellationToken);
            if (left.SelectMany(turn => turn.Sources).All(erased.Contains))
            {
                emptied.Add(sessionId);
            }
        }

        return emptied;
    }

    // A repeated step finds nothing to remove, and so counts nothing twice.
    private async Task<IReadOnlyList<SessionRecord>> RecountAsync(
        Scope scope,
        List<MemoryItem> removed,
        IReadOnlyList<string> emptied,
        CancellationToken cancellationToken)
    {
        var records = new List<SessionRecord>();
        foreach (IGrouping<string, MemoryItem> turns in removed
            .Where(item => item is { Kind: MemoryKind.Turn, SessionId: not null })
            .DistinctBy(item => item.Id)
            .GroupBy(item => item.SessionId!))
        {
            SessionRecord? record = await store.GetSessionAsync(scope.Tenant, turns.Key, cancellationToken);
            if (record is not null && record.Scope == scope && !emptied.Contains(turns.Key))
            {
                records.Add(record with { TurnCount = Math.Max(0, record.TurnCount - turns.Count()) });
            }
        }

        return records;
    }

    // What a pipeline noted down of an erased turn goes at once; where nothing of its session is left, so does the pipeline.
    private async Task<IReadOnlyList<PipelineRecord>> StopPipelinesAsync(
        Scope scope,
        TurnSource[] turns,
        IReadOnlyList<string> emptied,
        DateTimeOffset at,
        CancellationToken cancellationToken)
    {
        var stopped = new List<PipelineRecord>();
        PipelineStatus[] open = [PipelineStatus.Queued, PipelineStatus.Running, PipelineStatus.Waiting, PipelineStatus.Failed];
        foreach (string sessionId in turns.Select(turn => turn.SessionId).Concat(emptied).Distinct())
        {
            string? cursor = null;
            do
            {
                var query = new PipelineQuery(scope.Tenant, open, null, cursor, 1000) { SessionId = sessionId };
                Page<PipelineRecord> page = await store.ListPipelinesAsync(query, cancellationToken);

                // A draft may hold a word of what is erased: it is made again from what is left.
                bool isEmptied = emptied.Contains(sessionId);
                stopped.AddRange(page.Items
                    .Where(pipeline => pipeline.Scope == scope && (isEmptied || pipeline.Draft is not null))
                    .Select(pipeline => pipeline with
                    {
                        Status = isEmptied ? PipelineStatus.Cancelled : pipeline.Status,
                        Draft = null,
                        DraftTurns = 0,
                        UpdatedAt = at,
                    }));
                cursor = page.NextCursor;
            }
            while (cursor is not null);
        }

        return stopped;
    }
}

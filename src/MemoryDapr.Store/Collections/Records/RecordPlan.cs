using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Collections.Records;

/// <summary>What a batch writes and removes among the records.</summary>
/// <param name="First">What has to be there before the chunks are written: what is erased, and whose the sessions are.</param>
/// <param name="Removed">What goes.</param>
/// <param name="Then">What may be said once the chunks are there: how far sessions, pipelines and erasures have come.</param>
/// <param name="CitationsBefore">Citations that were counted before this moment go too; null for none.</param>
internal sealed record RecordPlan(
    IReadOnlyList<StoredObject> First,
    IReadOnlyList<Guid> Removed,
    IReadOnlyList<StoredObject> Then,
    DateTimeOffset? CitationsBefore)
{
    private static readonly TimeSpan CitationsKept = TimeSpan.FromDays(90);

    /// <summary>How many objects it writes or removes.</summary>
    public int Count => First.Count + Removed.Count + Then.Count;

    public static async Task<RecordPlan> MakeAsync(RecordStore records, StoreBatch batch, CancellationToken cancellationToken)
    {
        Scope scope = batch.Scope;
        string[] spoken = [.. batch.Items.Where(item => item.Kind == MemoryKind.Turn).Select(item => item.SessionId).OfType<string>().Distinct(StringComparer.Ordinal)];
        Guid[] read =
        [
            .. batch.Tombstones.Select(tombstone => RecordObject.TombstoneId(scope.Tenant, tombstone.SessionId, tombstone.TurnId)),
            .. spoken.Concat(batch.RemovedSessions).Select(session => RecordObject.SessionId(scope.Tenant, session)),
            .. batch.RemovedPipelines.Select(RecordObject.PipelineId),
        ];
        IReadOnlyDictionary<Guid, StoredObject> known = await records.ReadAsync(read, cancellationToken);
        StoredObject[] sessions = [.. batch.Sessions.Select(RecordObject.Of)];
        HashSet<Guid> kept = [.. sessions.Select(session => session.Id), .. batch.Pipelines.Select(pipeline => RecordObject.PipelineId(pipeline.Id))];
        return new RecordPlan(
            [.. batch.Tombstones.GroupBy(TombstoneId).Select(same => Bury(scope, [.. same], known)), .. spoken.Where(IsUnbound).Select(session => RecordObject.OfOwner(scope, session))],
            [
                // Only the owner's: an erasure that is repeated must not take the record of the next owner.
                .. batch.RemovedSessions.Select(session => RecordObject.SessionId(scope.Tenant, session)).Where(id => !kept.Contains(id) && IsOf(known, id, record => record.Text(RecordProperty.Owner) == scope.Key)),
                .. batch.RemovedPipelines.Select(RecordObject.PipelineId).Where(id => IsOf(known, id, record => RecordObject.Read<PipelineRecord>(record).Scope.Tenant == scope.Tenant)),
            ],
            [
                .. Latest(sessions),
                .. Latest(batch.Pipelines.Where(pipeline => !batch.RemovedPipelines.Contains(pipeline.Id)).Select(RecordObject.Of)),
                .. Latest(batch.Erasures.Select(RecordObject.Of)),
                .. Latest(batch.Citations.Select(citation => RecordObject.Of(scope, citation))),
            ],
            batch.Citations.Count == 0 ? null : batch.Citations.Max(citation => citation.At) - CitationsKept);

        Guid TombstoneId(TurnTombstone tombstone) => RecordObject.TombstoneId(scope.Tenant, tombstone.SessionId, tombstone.TurnId);

        bool IsUnbound(string session)
        {
            Guid id = RecordObject.SessionId(scope.Tenant, session);
            return !kept.Contains(id) && !IsOf(known, id, record => record.Text(RecordProperty.Owner) == scope.Key);
        }
    }

    private static bool IsOf(IReadOnlyDictionary<Guid, StoredObject> known, Guid id, Func<StoredObject, bool> holds) =>
        known.TryGetValue(id, out StoredObject? record) && holds(record);

    private static IEnumerable<StoredObject> Latest(IEnumerable<StoredObject> objects) => objects.GroupBy(stored => stored.Id).Select(same => same.Last());

    // An id that is erased again keeps its first tombstone's hash: a later one of the client's has none.
    private static StoredObject Bury(Scope scope, IReadOnlyList<TurnTombstone> same, IReadOnlyDictionary<Guid, StoredObject> known)
    {
        Guid id = RecordObject.TombstoneId(scope.Tenant, same[0].SessionId, same[0].TurnId);
        IEnumerable<TurnTombstone> all = known.TryGetValue(id, out StoredObject? old) ? same.Prepend(RecordObject.Read<TurnTombstone>(old)) : same;
        return RecordObject.Of(scope, all.Aggregate((first, later) => later with
        {
            ContentHash = later.ContentHash ?? first.ContentHash,
            ErasedAt = later.ErasedAt > first.ErasedAt ? later.ErasedAt : first.ErasedAt,
        }));
    }
}

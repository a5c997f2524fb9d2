using MemoryDapr.Store.Collections.Chunks;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Collections.Records;

/// <summary>Says of turns whether they are stored or erased.</summary>
internal sealed class TurnFinder(RecordStore records, ItemReader items)
{
    private const int HashesAtOnce = 250;

    public async Task<IReadOnlyList<KnownTurn>> FindAsync(TurnLookup lookup, Scope? owner, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<Guid, StoredObject> tombstones = await records.ReadAsync(
            [.. lookup.Turns.Select(turn => TombstoneOf(lookup, turn))], cancellationToken);
        Dictionary<string, MemoryItem> stored = owner is null ? [] : (await items.ReadAsync(
            owner.Key, [.. lookup.Turns.Select(turn => ItemId.ForTurn(owner, lookup.SessionId, turn.Id))], cancellationToken))
            .ToDictionary(item => item.TurnId ?? "", StringComparer.Ordinal);
        Dictionary<string, DateTimeOffset> erased = await ErasedContentAsync(lookup, cancellationToken);
        var known = new List<KnownTurn>();
        foreach (Turn turn in lookup.Turns)
        {
            if (tombstones.ContainsKey(TombstoneOf(lookup, turn)))
            {
                known.Add(new KnownTurn(turn.Id, null, IsErased: true));
            }
            else if (stored.TryGetValue(turn.Id, out MemoryItem? item))
            {
                // Whoever said the same twice and had one of them erased keeps the other.
                known.Add(new KnownTurn(turn.Id, item.ToTurn().ContentHash, IsErased: false));
            }
            else if (!turn.HasClientId && erased.TryGetValue(turn.ContentHash, out DateTimeOffset at) && at > turn.At)
            {
                known.Add(new KnownTurn(turn.Id, null, IsErased: true));
            }
        }

        return known;
    }

    private static Guid TombstoneOf(TurnLookup lookup, Turn turn) => RecordObject.TombstoneId(lookup.Tenant, lookup.SessionId, turn.Id);

    private async Task<Dictionary<string, DateTimeOffset>> ErasedContentAsync(TurnLookup lookup, CancellationToken cancellationToken)
    {
        var erased = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        string[] hashes = [.. lookup.Turns.Where(turn => !turn.HasClientId).Select(turn => turn.ContentHash).Distinct(StringComparer.Ordinal)];
        foreach (string[] some in hashes.Chunk(HashesAtOnce))
        {
            Condition where = Condition.All(
                Condition.Is(RecordProperty.Type, RecordType.Tombstone),
                Condition.Is(RecordProperty.Name, RecordObject.SessionName(lookup.Tenant, lookup.SessionId)),
                Condition.OneOf(RecordProperty.State, some));
            foreach (StoredObject found in await records.FindAsync(where, ObjectQuery.MaxLimit, cancellationToken))
            {
                TurnTombstone tombstone = RecordObject.Read<TurnTombstone>(found);
                string hash = tombstone.ContentHash ?? "";
                erased[hash] = erased.TryGetValue(hash, out DateTimeOffset at) && at > tombstone.ErasedAt ? at : tombstone.ErasedAt;
            }
        }

        return erased;
    }
}

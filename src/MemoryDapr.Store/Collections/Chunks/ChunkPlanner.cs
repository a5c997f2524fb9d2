using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Collections.Chunks;

/// <summary>Works out what a batch changes in the chunks of its scope, from what is stored. Planned again, it comes to the same end.</summary>
internal sealed class ChunkPlanner(ICollection chunks)
{
    public async Task<ChunkPlan> PlanAsync(StoreBatch batch, CancellationToken cancellationToken)
    {
        string tenant = batch.Scope.Key;
        string[] ids = [.. NamedBy(batch).Distinct(StringComparer.Ordinal)];
        if (ids.Length == 0)
        {
            return new ChunkPlan([], [], [], []);
        }

        Dictionary<string, ItemState> states = (await ReadAsync(tenant, ids, cancellationToken)).ToDictionary(state => state.Id, StringComparer.Ordinal);
        Change(states, batch);
        Dictionary<string, IReadOnlyList<ChunkText>> texts = states.Values.ToDictionary(state => state.Id, state => state.Texts(), StringComparer.Ordinal);
        IReadOnlySet<string> lentTo = LentWords.ChangedBy(states.Values, texts);
        ItemState[] cited = [.. (await ReadAsync(tenant, [.. lentTo.Where(id => !states.ContainsKey(id))], cancellationToken)).Where(state => state.Item is not null)];
        foreach (ItemState state in cited)
        {
            texts.Add(state.Id, state.Texts());
        }

        ItemState[] written = [.. states.Values, .. cited];
        ItemState[] moved = [.. written.Where(state => IsTurn(state) && (state.IsRewritten || lentTo.Contains(state.Id)))];
        List<SessionChain.Place> places = await ReadPlacesAsync(tenant, moved, texts, cancellationToken);
        Dictionary<Guid, ContextText> contexts = await LendAsync(tenant, places, states, texts, cancellationToken);
        HashSet<string> whole = [.. written.Select(state => state.Id)];
        Guid[] neighbours = [.. places.Where(place => !whole.Contains(place.ItemId) && contexts[place.Id] != place.Stored).Select(place => place.Id)];
        List<StoredObject> turns = [.. (await ChunkReader.ReadAsync(chunks, tenant, neighbours, cancellationToken)).Select(chunk => WithContext(chunk, contexts[chunk.Id]))];
        var others = new List<StoredObject>();
        var deletes = new List<Guid>();
        foreach (ItemState state in written)
        {
            Dictionary<Guid, StoredObject> known = state.Stored.ToDictionary(chunk => chunk.Id);
            StoredObject[] wanted = [.. texts[state.Id].Select((text, part) => ChunkObject.Make(state, part, text, ContextOf(state, part, text, known, contexts)))];
            (IsTurn(state) ? turns : others).AddRange(wanted.Where(chunk => !known.TryGetValue(chunk.Id, out StoredObject? old) || !chunk.HasContentOf(old)));
            deletes.AddRange(known.Keys.Except(wanted.Select(chunk => chunk.Id)));
        }

        return new ChunkPlan(turns, others, deletes, [.. states.Values]);
    }

    private static IEnumerable<string> NamedBy(StoreBatch batch) => batch.RemovedItems
        .Concat(batch.Items.Select(item => item.Id))
        .Concat(batch.Vectors.Select(vector => vector.ItemId))
        .Concat(batch.Saliences.Select(change => change.ItemId))
        .Concat(batch.History.Select(entry => entry.ItemId));

    private static void Change(Dictionary<string, ItemState> states, StoreBatch batch)
    {
        foreach (string id in batch.RemovedItems)
        {
            states[id].Remove();
        }

        foreach (MemoryItem item in batch.Items)
        {
            states[item.Id].Put(item);
        }

        foreach (ItemVector vector in batch.Vectors)
        {
            states[vector.ItemId].SetVector(vector.Values);
        }

        foreach (SalienceChange change in batch.Saliences)
        {
            states[change.ItemId].SetSalience(change.Salience);
        }

        foreach (HistoryEntry entry in batch.History)
        {
            states[entry.ItemId].Add(entry);
        }
    }

    private static bool IsTurn(ItemState state) => (state.Item ?? state.Before)?.Kind == MemoryKind.Turn;

    private static IEnumerable<string> SessionsOf(ItemState state) =>
        new[] { state.Before?.SessionId, state.Item?.SessionId }.OfType<string>().Distinct(StringComparer.Ordinal);

    private static StoredObject WithContext(StoredObject chunk, ContextText context) => chunk with
    {
        Properties = new Dictionary<string, object>(chunk.Properties, StringComparer.Ordinal)
        {
            [ChunkProperty.FullContext] = context.Full,
            [ChunkProperty.LightContext] = context.Light,
        },
    };

    private static ContextText ContextOf(
        ItemState state, int part, ChunkText text, Dictionary<Guid, StoredObject> known, Dictionary<Guid, ContextText> contexts)
    {
        Guid id = ChunkObject.IdOf(state.Id, part);
        return contexts.TryGetValue(id, out ContextText context) ? context
            : !state.IsRewritten && known.TryGetValue(id, out StoredObject? old) ? ContextText.Of(old)
            : ContextText.Alone(text.Own);
    }

    private async Task<List<ItemState>> ReadAsync(string tenant, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        ILookup<string, StoredObject> stored = await ChunkReader.ReadItemsAsync(chunks, tenant, ids, cancellationToken);
        return [.. ids.Select(id => new ItemState(id, [.. stored[id]]))];
    }

    private async Task<List<SessionChain.Place>> ReadPlacesAsync(
        string tenant, ItemState[] turns, Dictionary<string, IReadOnlyList<ChunkText>> texts, CancellationToken cancellationToken)
    {
        var places = new List<SessionChain.Place>();
        foreach (string session in turns.SelectMany(SessionsOf).Distinct(StringComparer.Ordinal))
        {
            ItemState[] touched = [.. turns.Where(state => SessionsOf(state).Contains(session))];
            foreach (SessionChain chain in await SessionChain.ReadAsync(chunks, tenant, session, touched, texts, cancellationToken))
            {
                places.AddRange(chain.Places());
            }
        }

        return places;
    }

    private async Task<Dictionary<Guid, ContextText>> LendAsync(
        string tenant,
        List<SessionChain.Place> places,
        Dictionary<string, ItemState> states,
        Dictionary<string, IReadOnlyList<ChunkText>> texts,
        CancellationToken cancellationToken)
    {
        string[] first = [.. places.Where(place => place.IsFirst).Select(place => place.ItemId).Distinct(StringComparer.Ordinal)];
        LentWords lent = await LentWords.ReadAsync(chunks, tenant, first, states, texts, cancellationToken);
        return places.ToDictionary(place => place.Id, place => place.IsFirst ? lent.AddTo(place.Context, place.ItemId) : place.Context);
    }
}

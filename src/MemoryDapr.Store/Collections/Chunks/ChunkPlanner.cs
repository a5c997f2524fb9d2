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
            return new ChunkPlan([], [], []);
        }

        ILookup<string, StoredObject> stored = await ChunkReader.ReadItemsAsync(chunks, tenant, ids, cancellationToken);
        Dictionary<string, ItemState> states = ids.ToDictionary(id => id, id => new ItemState(id, [.. stored[id]]), StringComparer.Ordinal);
        Change(states, batch);
        Dictionary<string, IReadOnlyList<ChunkText>> texts = states.Values.ToDictionary(state => state.Id, state => state.Texts(), StringComparer.Ordinal);
        Dictionary<Guid, ContextText> contexts = [];
        List<StoredObject> puts = await RewriteNeighboursAsync(tenant, states, texts, contexts, cancellationToken);
        var deletes = new List<Guid>();
        foreach (ItemState state in states.Values)
        {
            Dictionary<Guid, StoredObject> known = state.Stored.ToDictionary(chunk => chunk.Id);
            StoredObject[] wanted = [.. texts[state.Id].Select((text, part) => ChunkObject.Make(state, part, text, ContextOf(state, part, text, known, contexts)))];
            puts.AddRange(wanted.Where(chunk => !known.TryGetValue(chunk.Id, out StoredObject? old) || !chunk.HasContentOf(old)));
            deletes.AddRange(known.Keys.Except(wanted.Select(chunk => chunk.Id)));
        }

        return new ChunkPlan(puts, deletes, [.. states.Values]);
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

    // Contexts of the batch's own turns go into the dictionary; those of other turns are written with the rest of their objects as it is.
    private async Task<List<StoredObject>> RewriteNeighboursAsync(
        string tenant,
        Dictionary<string, ItemState> states,
        Dictionary<string, IReadOnlyList<ChunkText>> texts,
        Dictionary<Guid, ContextText> contexts,
        CancellationToken cancellationToken)
    {
        var changed = new Dictionary<Guid, ContextText>();
        ItemState[] turns = [.. states.Values.Where(state => state.IsRewritten && (state.Item ?? state.Before)?.Kind == MemoryKind.Turn)];
        foreach (string session in turns.SelectMany(SessionsOf).Distinct(StringComparer.Ordinal))
        {
            SessionChain chain = await SessionChain.ReadAsync(
                chunks, tenant, session, [.. turns.Where(state => SessionsOf(state).Contains(session))], texts, cancellationToken);
            foreach ((Guid id, string itemId, ContextText context, bool isChanged) in chain.Contexts())
            {
                if (states.ContainsKey(itemId))
                {
                    contexts[id] = context;
                }
                else if (isChanged)
                {
                    changed[id] = context;
                }
            }
        }

        IReadOnlyList<StoredObject> neighbours = await ChunkReader.ReadAsync(chunks, tenant, [.. changed.Keys], cancellationToken);
        return [.. neighbours.Select(chunk => WithContext(chunk, changed[chunk.Id]))];
    }

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
            : !state.IsRewritten && known.TryGetValue(id, out StoredObject? old)
                ? new ContextText(old.Text(ChunkProperty.FullContext) ?? "", old.Text(ChunkProperty.LightContext) ?? "")
            : ContextText.Alone(text.Own);
    }
}

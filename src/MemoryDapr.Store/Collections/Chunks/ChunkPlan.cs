namespace MemoryDapr.Store.Collections.Chunks;

/// <summary>
/// What has to be written so that a batch is in the chunks. First all of <paramref name="Puts"/>, then <paramref name="Deletes"/>: while
/// an erased turn is still there it can be seen where it stood, so a writer that dies in between finds its neighbours again.
/// </summary>
/// <param name="Puts">Whole objects; those that are stored already as they should be are left out.</param>
/// <param name="Deletes">Objects that go.</param>
/// <param name="Items">The items that the batch names, as they were and as they will be.</param>
internal sealed record ChunkPlan(IReadOnlyList<StoredObject> Puts, IReadOnlyList<Guid> Deletes, IReadOnlyList<ItemState> Items);

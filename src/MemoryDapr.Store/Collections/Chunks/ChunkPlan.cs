namespace MemoryDapr.Store.Collections.Chunks;

/// <summary>
/// What has to be written so that a batch is in the chunks: first all of <paramref name="Turns"/>, then <paramref name="Others"/>, then
/// <paramref name="Deletes"/>. While an erased turn is still there it can be seen where it stood, and while what cites turns is there as it
/// was it can be seen which: so a writer that dies in between finds again whose words have to change.
/// </summary>
/// <param name="Turns">Whole objects of turns; those that are stored already as they should be are left out.</param>
/// <param name="Others">The same of everything else.</param>
/// <param name="Deletes">Objects that go.</param>
/// <param name="Items">The items that the batch names, as they were and as they will be.</param>
internal sealed record ChunkPlan(
    IReadOnlyList<StoredObject> Turns, IReadOnlyList<StoredObject> Others, IReadOnlyList<Guid> Deletes, IReadOnlyList<ItemState> Items);

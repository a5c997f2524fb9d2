using MemoryDapr.Types;

namespace MemoryDapr.Stores.Writing;

/// <summary>What applications change by hand: corrections and documents.</summary>
internal sealed class ItemWriter(IMemoryStore store)
{
    public async Task<Outcome<MemoryItem>> EditAsync(ItemEdit edit, CancellationToken cancellationToken)
    {
        IReadOnlyList<MemoryItem> found = await store.GetItemsAsync(edit.Scope.Tenant, [edit.ItemId], cancellationToken);
        if (found is not [MemoryItem item] || item.Scope != edit.Scope)
        {
            return new Refusal(RefusalKind.NotFound, "There is no such item.");
        }

        // The same edit again, whose first answer was lost on the way.
        if (item.Version == edit.ExpectedVersion + 1 && item.UpdatedAt == edit.At && item == Apply(item, edit, item.Version))
        {
            return item;
        }

        if (item.Version != edit.ExpectedVersion)
        {
            return new Refusal(RefusalKind.PreconditionFailed, $"The item is at version {item.Version}.");
        }

        if (edit.Text is not null && item.Kind == MemoryKind.Turn)
        {
            return new Refusal(RefusalKind.Unprocessable, "A turn is what was said; it can be pinned or erased, not rewritten.", "/text");
        }

        MemoryItem edited = Apply(item, edit, item.Version + 1);
        var step = new HistoryEntry(item.Id, edit.At, "corrected", "Changed by the application.", null, [], [], null);
        await store.ApplyAsync(new StoreBatch { Scope = edit.Scope, Items = [edited], History = [step] }, cancellationToken);
        return edited;
    }

    private static MemoryItem Apply(MemoryItem item, ItemEdit edit, long version) => item with
    {
        Text = edit.Text ?? item.Text,
        Pinned = edit.Pinned ?? item.Pinned,
        ValidTo = edit.ValidTo ?? item.ValidTo,
        Metadata = edit.Metadata is null || IsSame(edit.Metadata, item.Metadata) ? item.Metadata : edit.Metadata,
        UpdatedAt = edit.At,
        Version = version,
    };

    public async Task<IReadOnlyList<MemoryItem>> StoreDocumentsAsync(DocumentBatch batch, CancellationToken cancellationToken)
    {
        string[] ids = [.. batch.Documents.Select(document => ItemId.ForDocument(batch.Scope, document.Id))];
        Dictionary<string, MemoryItem> known = (await store.GetItemsAsync(batch.Scope.Tenant, ids, cancellationToken))
            .ToDictionary(item => item.Id, StringComparer.Ordinal);
        var results = new List<MemoryItem>();
        var changed = new Dictionary<string, MemoryItem>(StringComparer.Ordinal);
        foreach (NewDocument document in batch.Documents)
        {
            MemoryItem item = ToItem(batch, document, known.GetValueOrDefault(ItemId.ForDocument(batch.Scope, document.Id)));
            results.Add(item);
            if (!known.TryGetValue(item.Id, out MemoryItem? before) || before.Version != item.Version)
            {
                known[item.Id] = item;
                changed[item.Id] = item;
            }
        }

        if (changed.Count > 0)
        {
            await store.ApplyAsync(
                new StoreBatch
                {
                    Scope = batch.Scope,
                    Items = [.. changed.Values],
                    History = [.. changed.Values.Select(item => new HistoryEntry(
                        item.Id,
                        batch.At,
                        item.Version == 1 ? "created" : "corrected",
                        "Stored by the application.",
                        null,
                        [],
                        [],
                        null))],
                },
                cancellationToken);
        }

        return results;
    }

    // The same document again is the same item unchanged; another text under its id is a new version of it.
    private static MemoryItem ToItem(DocumentBatch batch, NewDocument document, MemoryItem? before)
    {
        if (before is not null && IsSame(before, document))
        {
            return before;
        }

        return new MemoryItem
        {
            Id = ItemId.ForDocument(batch.Scope, document.Id),
            Scope = batch.Scope,
            Kind = MemoryKind.Document,
            Text = document.Text,
            Title = document.Title,
            At = document.At,
            ValidFrom = document.ValidFrom,
            ValidTo = document.ValidTo,
            Metadata = document.Metadata,
            Pinned = before?.Pinned ?? false,
            Salience = before?.Salience ?? SalienceLevel.New(batch.At),
            CreatedAt = before?.CreatedAt ?? batch.At,
            UpdatedAt = batch.At,
            Version = (before?.Version ?? 0) + 1,
        };
    }

    private static bool IsSame(MemoryItem item, NewDocument document) =>
        item.Text == document.Text
        && item.Title == document.Title
        && item.ValidFrom == document.ValidFrom
        && item.ValidTo == document.ValidTo
        && IsSame(item.Metadata, document.Metadata);

    private static bool IsSame(IReadOnlyDictionary<string, MetadataValue>? one, IReadOnlyDictionary<string, MetadataValue>? other) =>
        (one ?? new Dictionary<string, MetadataValue>()).OrderBy(pair => pair.Key, StringComparer.Ordinal).SequenceEqual(
            (other ?? new Dictionary<string, MetadataValue>()).OrderBy(pair => pair.Key, StringComparer.Ordinal));
}

using System.Text.Json;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Collections.Chunks;

/// <summary>An item as it is stored, and what a batch makes of it.</summary>
internal sealed class ItemState
{
    private const int StepsPerItem = 100;

    private List<HistoryEntry> _history = [];
    private bool _isAnalysed;

    /// <param name="id">The item.</param>
    /// <param name="stored">Its chunks, as they are stored; none for an item that is new.</param>
    public ItemState(string id, IReadOnlyList<StoredObject> stored)
    {
        Id = id;
        Stored = [.. stored.OrderBy(chunk => chunk.Number(ChunkProperty.Part))];
        if (Stored.Count > 0 && Stored[0].Text(ChunkProperty.Data) is { } data)
        {
            Item = Before = Read<MemoryItem>(data);
            Vector = Stored[0].Vector;
            _history = Stored[0].Text(ChunkProperty.History) is { } history ? Read<List<HistoryEntry>>(history) : [];
        }
    }

    public string Id { get; }

    public IReadOnlyList<StoredObject> Stored { get; }

    /// <summary>The item as it was; null if there was none.</summary>
    public MemoryItem? Before { get; }

    /// <summary>The item as it will be; null if it goes.</summary>
    public MemoryItem? Item { get; private set; }

    public IReadOnlyList<float>? Vector { get; private set; }

    public IReadOnlyList<HistoryEntry> History => _history;

    /// <summary>Whether its words, or its place among others, may be other than they were.</summary>
    public bool IsRewritten => _isAnalysed || Item is null;

    public void Remove()
    {
        Item = null;
        Vector = null;
        _history = [];
    }

    public void Put(MemoryItem item)
    {
        // An embedding is of a text: another text's is worse than none.
        Vector = item.Text == Item?.Text ? Vector : null;
        Item = item;
        _isAnalysed = true;
    }

    public void SetVector(IReadOnlyList<float> values) => Vector = Item is null ? null : values;

    public void SetSalience(SalienceLevel salience) => Item = Item is null ? null : Item with { Salience = salience };

    public void Add(HistoryEntry entry)
    {
        if (Item is not null && !_history.Exists(known => known.At == entry.At && known.Action == entry.Action))
        {
            _history = [.. _history.Append(entry).OrderBy(step => step.At).TakeLast(StepsPerItem)];
        }
    }

    /// <summary>The words of its chunks: as analysed now if the item was written, as stored otherwise.</summary>
    public IReadOnlyList<ChunkText> Texts() =>
        Item is null ? []
            : _isAnalysed ? ChunkText.Of(Item)
            : [.. Stored.Select(chunk => new ChunkText(chunk.Text(ChunkProperty.Own) ?? "", (int)chunk.Number(ChunkProperty.Words), ChunkRank.Of(chunk).Traits))];

    private static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, MemoryJson.Options) ?? throw new InvalidDataException("A record of the store is null.");
}

using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MemoryDapr.Recall.Ranking;
using MemoryDapr.Stores.Analysis;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>
/// The index of one scope. Items and chunks are appended and never move; what is removed or replaced is marked dead and unlinked from
/// its neighbours. One writes or many read: whoever uses it holds <see cref="Lock"/>.
/// </summary>
internal sealed class ScopeIndex(string scopeKey)
{
    private readonly Dictionary<ItemKey, int> _byKey = [];
    private readonly Dictionary<string, int> _sessions = new(StringComparer.Ordinal);
    private readonly List<int> _lastChunks = [];
    private readonly Dictionary<int, RareProperties> _rare = [];
    private readonly Dictionary<int, float[]> _vectors = [];
    private readonly List<IndexedItem> _items = [];
    private readonly List<IndexedChunk> _chunks = [];
    private long _vectorBytes;
    private int _deadItems;

    public ReaderWriterLockSlim Lock { get; } = new(LockRecursionPolicy.NoRecursion);

    public PostingLists Postings { get; } = new();

    public SpeakerNames Speakers { get; } = new();

    public ReadOnlySpan<IndexedItem> Items => CollectionsMarshal.AsSpan(_items);

    public ReadOnlySpan<IndexedChunk> Chunks => CollectionsMarshal.AsSpan(_chunks);

    public int LiveItems => _items.Count - _deadItems;

    public int LiveChunks { get; private set; }

    /// <summary>Words of all living chunks.</summary>
    public long Words { get; private set; }

    /// <summary>Living turns and their words: their mean chooses the weight class.</summary>
    public (int Count, long Words) Turns { get; private set; }

    public IReadOnlyDictionary<int, float[]> Vectors => _vectors;

    /// <summary>Whether so much is dead that loading the scope again is cheaper than carrying it along.</summary>
    public bool IsWorn => _deadItems > 256 && _deadItems > _items.Count / 4;

    /// <summary>Bytes held, to within a few percent.</summary>
    public long Bytes =>
        512 + Postings.Bytes + Speakers.Bytes + _vectorBytes
            + ((long)Unsafe.SizeOf<IndexedItem>() * _items.Capacity)
            + (16L * _chunks.Capacity)
            + (36L * _byKey.EnsureCapacity(0))
            + (120L * _sessions.Count)
            + (400L * _rare.Count);

    /// <summary>Adds an item, or replaces the one with its id.</summary>
    public void Put(MemoryItem item, long rowId)
    {
        var key = ItemKey.Of(item.Id, scopeKey);
        if (_byKey.TryGetValue(key, out int known))
        {
            Kill(known);
        }

        var traits = ItemTraits.Of(item.Text);
        RareProperties? rare = RareProperties.Of(item);
        int slot = _items.Count;
        var indexed = new IndexedItem
        {
            Key = key,
            RowId = rowId,
            AtTicks = item.At.UtcTicks,
            Salience = (float)item.Salience.Value,
            SalienceAtTicks = item.Salience.At.UtcTicks,
            QuestionShare = traits.QuestionShare,
            FirstChunk = _chunks.Count,
            Session = item.SessionId is null ? -1 : SessionOf(item.SessionId),
            Speaker = item.Kind == MemoryKind.Turn ? Speakers.Add(SpeakerOf(item)) : SpeakerNames.None,
            Ordinal = item.Ordinal,
            Kind = item.Kind,
            Marks = (item.Role == TurnRole.User ? ItemMarks.User : 0)
                | (item.Pinned ? ItemMarks.Pinned : 0)
                | (rare is null ? 0 : ItemMarks.More)
                | (traits.NamesTime ? ItemMarks.NamesTime : 0)
                | (traits.NamesNumber ? ItemMarks.NamesNumber : 0)
                | (traits.NamesName ? ItemMarks.NamesName : 0),
        };
        int words = AddChunks(item, slot, ref indexed);
        _items.Add(indexed);
        _byKey[key] = slot;
        if (rare is not null)
        {
            _rare.Add(slot, rare);
        }

        Words += words;
        Turns = item.Kind == MemoryKind.Turn ? (Turns.Count + 1, Turns.Words + words) : Turns;
    }

    public void Remove(string id)
    {
        var key = ItemKey.Of(id, scopeKey);
        if (_byKey.Remove(key, out int slot))
        {
            Kill(slot);
        }
    }

    public void SetSalience(string id, SalienceLevel salience)
    {
        if (_byKey.TryGetValue(ItemKey.Of(id, scopeKey), out int slot))
        {
            ref IndexedItem item = ref CollectionsMarshal.AsSpan(_items)[slot];
            item.Salience = (float)salience.Value;
            item.SalienceAtTicks = salience.At.UtcTicks;
        }
    }

    public void SetVector(string id, float[] vector)
    {
        if (_byKey.TryGetValue(ItemKey.Of(id, scopeKey), out int slot))
        {
            _vectorBytes += 64 + (4L * vector.Length) - (_vectors.TryGetValue(slot, out float[]? old) ? 64 + (4L * old.Length) : 0);
            _vectors[slot] = vector;
        }
    }

    /// <summary>Gives back what growing took in advance: after loading, for most scopes are read more than they grow.</summary>
    public void Trim()
    {
        Postings.Merge();
        _items.TrimExcess();
        _chunks.TrimExcess();
        _byKey.TrimExcess();
    }

    public int Find(string id) => _byKey.GetValueOrDefault(ItemKey.Of(id, scopeKey), -1);

    public int FindSession(string sessionId) => _sessions.GetValueOrDefault(sessionId, -1);

    public RareProperties? RareOf(int slot) => _rare.GetValueOrDefault(slot);

    private static string SpeakerOf(MemoryItem item) => item.Speaker ?? item.Role?.ToString() ?? "";

    private int SessionOf(string sessionId)
    {
        if (!_sessions.TryGetValue(sessionId, out int session))
        {
            session = _sessions.Count;
            _sessions.Add(sessionId, session);
            _lastChunks.Add(IndexedChunk.None);
        }

        return session;
    }

    private int AddChunks(MemoryItem item, int slot, ref IndexedItem indexed)
    {
        // Date and speaker are words of the text: "in May", "what did Anna say". +5.6 points.
        string header = $"{item.At.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)} {item.Speaker} {item.Title}";
        int before = item.Kind == MemoryKind.Turn ? PlaceOf(indexed.Session, item.Ordinal) : IndexedChunk.None;
        int words = 0;
        var counts = new TermCounts();
        foreach (Range range in TextChunks.Split(item.Text))
        {
            int chunk = _chunks.Count;
            if (chunk >= PostingLists.MaxChunks)
            {
                throw new InvalidOperationException("The scope has more text than one index can take.");
            }

            counts.Clear();
            int length = indexed.ChunkCount == 0 ? TermAnalyzer.Analyze(header, ref counts) : 0;
            length += TermAnalyzer.Analyze(item.Text.AsSpan(range), ref counts);
            foreach ((uint term, int count) in counts.Counts)
            {
                Postings.Add(term, chunk, count);
            }

            _chunks.Add(new IndexedChunk { Item = slot, Previous = IndexedChunk.None, Next = IndexedChunk.None, Length = length });
            Link(before, chunk, indexed);
            before = chunk;
            words += length;
            indexed.ChunkCount++;
            LiveChunks++;
        }

        return words;
    }

    // The chunk after which a turn's first one belongs. Turns come in order but for repairs and imports.
    private int PlaceOf(int session, long ordinal)
    {
        int chunk = _lastChunks[session];
        while (chunk != IndexedChunk.None && _items[_chunks[chunk].Item].Ordinal > ordinal)
        {
            chunk = _chunks[chunk].Previous;
        }

        return chunk;
    }

    private void Link(int before, int chunk, in IndexedItem item)
    {
        Span<IndexedChunk> chunks = CollectionsMarshal.AsSpan(_chunks);
        bool inSession = item.Kind == MemoryKind.Turn;
        int after = before != IndexedChunk.None ? chunks[before].Next : inSession ? FirstChunkOf(item.Session) : IndexedChunk.None;
        chunks[chunk].Previous = before;
        chunks[chunk].Next = after;
        if (before != IndexedChunk.None)
        {
            chunks[before].Next = chunk;
        }

        if (after != IndexedChunk.None)
        {
            chunks[after].Previous = chunk;
        }
        else if (inSession)
        {
            _lastChunks[item.Session] = chunk;
        }
    }

    private int FirstChunkOf(int session)
    {
        int chunk = _lastChunks[session];
        while (chunk != IndexedChunk.None && _chunks[chunk].Previous != IndexedChunk.None)
        {
            chunk = _chunks[chunk].Previous;
        }

        return chunk;
    }

    private void Kill(int slot)
    {
        ref IndexedItem item = ref CollectionsMarshal.AsSpan(_items)[slot];
        Span<IndexedChunk> chunks = CollectionsMarshal.AsSpan(_chunks);
        int words = 0;
        for (int i = item.FirstChunk; i < item.FirstChunk + item.ChunkCount; i++)
        {
            ref IndexedChunk chunk = ref chunks[i];
            if (chunk.Previous != IndexedChunk.None)
            {
                chunks[chunk.Previous].Next = chunk.Next;
            }

            if (chunk.Next != IndexedChunk.None)
            {
                chunks[chunk.Next].Previous = chunk.Previous;
            }
            else if (item.Kind == MemoryKind.Turn)
            {
                _lastChunks[item.Session] = chunk.Previous;
            }

            words += chunk.Length;
            chunk = new IndexedChunk { Item = IndexedChunk.None, Previous = IndexedChunk.None, Next = IndexedChunk.None };
        }

        item.Marks |= ItemMarks.Dead;
        _deadItems++;
        LiveChunks -= item.ChunkCount;
        Words -= words;
        Turns = item.Kind == MemoryKind.Turn ? (Turns.Count - 1, Turns.Words - words) : Turns;
        _rare.Remove(slot);
        if (_vectors.Remove(slot, out float[]? vector))
        {
            _vectorBytes -= 64 + (4L * vector.Length);
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>
/// The index of one scope. Items and chunks are appended and never move; what is removed or replaced is marked dead and unlinked from
/// its neighbours. One writes or many read: whoever uses it holds <see cref="Lock"/>.
/// </summary>
/// <param name="scopeKey">The scope's key, which its items' ids have.</param>
/// <param name="only">The terms that it is for; null for all. Everything else of the items is there in any case.</param>
internal sealed class ScopeIndex(string scopeKey, IReadOnlySet<uint>? only = null)
{
    private readonly ItemSlots _slots = new();
    private readonly NameTable _sessions = new();
    private readonly List<int> _lastChunks = [];
    private readonly Dictionary<int, RareProperties> _rare = [];
    private readonly List<IndexedItem> _items = [];
    private readonly List<IndexedChunk> _chunks = [];
    private int _deadItems;

    public ReaderWriterLockSlim Lock { get; } = new(LockRecursionPolicy.NoRecursion);

    public PostingLists Postings { get; } = new(only);

    public SpeakerNames Speakers { get; } = new();

    public ReadOnlySpan<IndexedItem> Items => CollectionsMarshal.AsSpan(_items);

    public ReadOnlySpan<IndexedChunk> Chunks => CollectionsMarshal.AsSpan(_chunks);

    public int LiveItems => _items.Count - _deadItems;

    public TextTotals Totals { get; } = new();

    public CitedTurns Cited { get; } = new();

    public ScopeVectors Vectors { get; } = new();

    /// <summary>Whether so much is dead that loading the scope again is cheaper than carrying it along.</summary>
    public bool IsWorn => _deadItems > 256 && _deadItems > _items.Count / 4;

    /// <summary>Bytes held, to within a few percent.</summary>
    public long Bytes =>
        512 + Postings.Bytes + Speakers.Bytes + Vectors.Bytes
            + ((long)Unsafe.SizeOf<IndexedItem>() * _items.Capacity)
            + (16L * _chunks.Capacity)
            + _slots.Bytes
            + _sessions.Bytes
            + Cited.Bytes
            + (400L * _rare.Count);

    /// <summary>Many additions follow, without a search between them, until <see cref="EndLoad"/>.</summary>
    public void BeginLoad() => Postings.BeginLoad();

    /// <summary>Orders what was added, and gives back what growing took in advance: most scopes are read more than they grow.</summary>
    public void EndLoad()
    {
        Postings.EndLoad();
        _items.TrimExcess();
        _chunks.TrimExcess();
        Cited.Trim();
    }

    /// <summary>Adds an item, or replaces the one with its id, by what <see cref="ItemAnalyzer"/> made of it; answers its slot.</summary>
    public int Put(ReadOnlySpan<byte> analysis, long rowId, float salience, long salienceAtTicks)
    {
        var reader = new AnalysisReader(analysis);
        var item = new IndexedItem
        {
            Key = new ItemKey((char)reader.ReadByte(), reader.ReadUInt32(), reader.ReadUInt64()),
            RowId = rowId,
            Salience = salience,
            SalienceAtTicks = salienceAtTicks,
            Kind = (MemoryKind)reader.ReadByte(),
            Marks = (ItemMarks)reader.ReadByte(),
            QuestionShare = reader.ReadSingle(),
            AtTicks = reader.ReadInt64(),
            Ordinal = reader.ReadInt64(),
            Session = SessionOf(reader.ReadBytes()),
            FirstChunk = _chunks.Count,
        };
        ReadOnlySpan<byte> speaker = reader.ReadBytes();
        if (item.Kind == MemoryKind.Turn)
        {
            item.Speaker = Speakers.Add(speaker);
        }

        if (Find(item.Key) is var known and >= 0)
        {
            Kill(known);
        }

        int slot = _items.Count;
        if (item.HasMore)
        {
            _rare.Add(slot, JsonSerializer.Deserialize<RareProperties>(reader.ReadBytes(), MemoryJson.Options) ?? RareProperties.None);
        }

        int words = AddChunks(ref reader, slot, ref item);
        if (item.Kind.IsDistilled())
        {
            item.Citing = ReadCited(ref reader);
        }

        _items.Add(item);
        _slots.Set(Items, slot);
        Totals.Add(item.Kind, item.ChunkCount, words);
        return slot;
    }

    public void Remove(string id)
    {
        if (Find(id) is var slot and >= 0)
        {
            Kill(slot);
        }
    }

    public void SetSalience(string id, SalienceLevel salience)
    {
        if (Find(id) is var slot and >= 0)
        {
            ref IndexedItem item = ref CollectionsMarshal.AsSpan(_items)[slot];
            item.Salience = (float)salience.Value;
            item.SalienceAtTicks = salience.At.UtcTicks;
        }
    }

    public void SetVector(string id, ReadOnlySpan<float> vector)
    {
        if (Find(id) is var slot and >= 0)
        {
            Vectors.Set(slot, vector);
        }
    }

    /// <summary>The slot of a living item; -1 if there is none.</summary>
    public int Find(string id) => Find(ItemKey.Of(id, scopeKey));

    /// <summary>The slot of a living turn; -1 if there is none.</summary>
    public int FindTurn(string sessionId, string turnId) => Find(ItemKey.OfTurn(sessionId, turnId));

    public int FindSession(string sessionId) => _sessions.Find(sessionId);

    /// <summary>A turn's first chunk by the one that it once had, wherever it is now; none if the turn has gone.</summary>
    public int Living(int firstChunk)
    {
        IndexedChunk chunk = _chunks[firstChunk];
        return !chunk.IsDead ? firstChunk
            : Find(_items[chunk.Item].Key) is var living and >= 0 ? _items[living].FirstChunk
            : IndexedChunk.None;
    }

    public RareProperties? RareOf(int slot) => _rare.GetValueOrDefault(slot);

    private int Find(ItemKey key) => _slots.Find(Items, key) is var slot and >= 0 && !_items[slot].IsDead ? slot : -1;

    private int SessionOf(ReadOnlySpan<byte> id)
    {
        if (id.IsEmpty)
        {
            return -1;
        }

        int session = _sessions.Add(id);
        if (session == _lastChunks.Count)
        {
            _lastChunks.Add(IndexedChunk.None);
        }

        return session;
    }

    private int AddChunks(ref AnalysisReader reader, int slot, ref IndexedItem item)
    {
        int before = item.Kind == MemoryKind.Turn ? PlaceOf(item.Session, item.Ordinal) : IndexedChunk.None;
        int words = 0;
        item.ChunkCount = reader.ReadCount();
        if (_chunks.Count + item.ChunkCount > Posting.MaxChunks)
        {
            throw new InvalidOperationException("The scope has more text than one index can take.");
        }

        for (int i = 0; i < item.ChunkCount; i++)
        {
            int chunk = _chunks.Count;
            int length = reader.ReadCount();
            var traits = new PackedTraits((ushort)reader.ReadCount());
            AddTerms(ref reader, chunk);
            _chunks.Add(new IndexedChunk(slot, item.Kind, length, traits));
            Link(before, chunk, item);
            before = chunk;
            words += length;
        }

        return words;
    }

    // A turn that is not there is none to be found: it was erased, or belongs to an import that brings it later.
    private int ReadCited(ref AnalysisReader reader)
    {
        const int MostOnStack = 64;
        int count = reader.ReadCount();
        Span<int> turns = count <= MostOnStack ? stackalloc int[MostOnStack] : new int[count];
        int found = 0;
        for (; count > 0; count--)
        {
            if (Find(new ItemKey((char)reader.ReadByte(), reader.ReadUInt32(), reader.ReadUInt64())) is var turn and >= 0)
            {
                turns[found++] = _items[turn].FirstChunk;
            }
        }

        return Cited.Add(turns[..found]);
    }

    private void AddTerms(ref AnalysisReader reader, int chunk)
    {
        Postings.AddOnce(reader.ReadTerms(reader.ReadCount()), chunk);
        for (int repeated = reader.ReadCount(); repeated > 0; repeated--)
        {
            Postings.Add(reader.ReadUInt32(), chunk, reader.ReadByte());
        }
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
            chunk.Kill();
        }

        item.Marks |= ItemMarks.Dead;
        _deadItems++;
        Totals.Remove(item.Kind, item.ChunkCount, words);
        _rare.Remove(slot);
        Vectors.Remove(slot);
    }
}

using MemoryDapr.Recall.Ranking;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>What ranking needs to know of an item; the item itself stays in the file.</summary>
internal struct IndexedItem
{
    public ItemKey Key;
    public long RowId;
    public long AtTicks;
    public long SalienceAtTicks;
    public float Salience;
    public float QuestionShare;
    public int FirstChunk;
    public int ChunkCount;
    public int Session;
    public long Ordinal;
    public MemoryKind Kind;
    public ItemMarks Marks;

    // What a turn and what is distilled have of their own, in one place: no item is both.
    private int _own;

    /// <summary>Who says it, where it is a turn.</summary>
    public int Speaker
    {
        readonly get => _own;
        set => _own = value;
    }

    /// <summary>Its place among what cites turns, where it is distilled.</summary>
    public int Citing
    {
        readonly get => _own;
        set => _own = value;
    }

    public readonly DateTimeOffset At => new(AtTicks, TimeSpan.Zero);

    public readonly bool IsDead => (Marks & ItemMarks.Dead) != 0;

    public readonly bool IsUser => (Marks & ItemMarks.User) != 0;

    public readonly bool IsPinned => (Marks & ItemMarks.Pinned) != 0;

    public readonly bool HasMore => (Marks & ItemMarks.More) != 0;

    public readonly ItemTraits Traits => new(
        QuestionShare,
        (Marks & ItemMarks.NamesTime) != 0,
        (Marks & ItemMarks.NamesNumber) != 0,
        (Marks & ItemMarks.NamesName) != 0);

    public readonly SalienceLevel SalienceLevel => new(Salience, new DateTimeOffset(SalienceAtTicks, TimeSpan.Zero));
}

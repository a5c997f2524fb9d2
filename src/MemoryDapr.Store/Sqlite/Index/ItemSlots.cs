using System.Numerics;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>
/// Where each item is, by its key: open addressing over slots alone, the keys being in the items. A key is a hash already. Nothing is
/// taken out: the slot of a removed item is one of a dead item.
/// </summary>
internal sealed class ItemSlots
{
    private const int Empty = 0;

    // A slot and one, so that a new array is empty.
    private int[] _places = new int[8];
    private int _count;

    public long Bytes => 24 + (4L * _places.Length);

    /// <summary>The slot of the key's last item, dead or alive; -1 if there was none.</summary>
    public int Find(ReadOnlySpan<IndexedItem> items, ItemKey key) => _places[PlaceOf(items, key)] - 1;

    /// <summary>Takes the item at the slot for the one with its key.</summary>
    public void Set(ReadOnlySpan<IndexedItem> items, int slot)
    {
        ref int place = ref _places[PlaceOf(items, items[slot].Key)];
        bool isNew = place == Empty;
        place = slot + 1;
        if (isNew && ++_count * 4 > _places.Length * 3)
        {
            Grow(items);
        }
    }

    private void Grow(ReadOnlySpan<IndexedItem> items)
    {
        int[] old = _places;
        _places = new int[BitOperations.RoundUpToPowerOf2((uint)old.Length + 1)];
        foreach (int slot in old)
        {
            if (slot != Empty)
            {
                _places[PlaceOf(items, items[slot - 1].Key)] = slot;
            }
        }
    }

    private int PlaceOf(ReadOnlySpan<IndexedItem> items, ItemKey key)
    {
        int mask = _places.Length - 1;
        int place = (int)key.Low & mask;
        while (_places[place] != Empty && items[_places[place] - 1].Key != key)
        {
            place = (place + 1) & mask;
        }

        return place;
    }
}

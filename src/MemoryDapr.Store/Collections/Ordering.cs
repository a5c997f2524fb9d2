namespace MemoryDapr.Store.Collections;

/// <summary>A sort key. Texts that are sorted by have no capitals: databases fold case there and nowhere else.
/// Only the order by one number alone comes from an index; for more see <see cref="OrderedList"/>.</summary>
/// <param name="Property">The property.</param>
/// <param name="IsDescending">Whether the greatest comes first.</param>
internal readonly record struct Ordering(string Property, bool IsDescending = false);

namespace MemoryDapr.Types;

/// <summary>A part of a list.</summary>
/// <typeparam name="T">What it lists.</typeparam>
/// <param name="Items">The part, in the list's order.</param>
/// <param name="NextCursor">Where the next part begins; null at the end. Opaque: <c>[A-Za-z0-9_-]</c>.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

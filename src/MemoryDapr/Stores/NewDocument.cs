using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>A document as an application hands it in; the same id again replaces it.</summary>
/// <param name="Id">1–200 of <c>[A-Za-z0-9._:-]</c>.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Text">1–32,000 characters.</param>
/// <param name="At">When it is from, UTC.</param>
/// <param name="ValidFrom">From when it holds.</param>
/// <param name="ValidTo">Until when it holds, exclusive.</param>
/// <param name="Metadata">The application's own properties.</param>
public sealed record NewDocument(
    string Id,
    string? Title,
    string Text,
    DateTimeOffset At,
    DateTimeOffset? ValidFrom,
    DateTimeOffset? ValidTo,
    IReadOnlyDictionary<string, MetadataValue>? Metadata);

using MemoryDapr.Types;

namespace MemoryDapr.Api.Sessions;

/// <summary>A turn as clients see it.</summary>
internal sealed record TurnAnswer(
    string Id,
    long Ordinal,
    TurnRole Role,
    string? Speaker,
    string Content,
    DateTimeOffset At,
    IReadOnlyDictionary<string, MetadataValue>? Metadata)
{
    public static TurnAnswer From(Turn turn) =>
        new(turn.Id, turn.Ordinal, turn.Role, turn.Speaker, turn.Content, turn.At, turn.Metadata);
}

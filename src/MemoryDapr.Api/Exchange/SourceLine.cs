using MemoryDapr.Types;

namespace MemoryDapr.Api.Exchange;

/// <summary>A turn that an item rests on, as a line has it.</summary>
internal sealed record SourceLine
{
    public string? SessionId { get; init; }

    public string? TurnId { get; init; }

    public static IReadOnlyList<SourceLine> From(IReadOnlyList<TurnSource> sources) =>
        [.. sources.Select(source => new SourceLine { SessionId = source.SessionId, TurnId = source.TurnId })];

    public static IReadOnlyList<TurnSource> ToSources(IReadOnlyList<SourceLine>? lines) =>
        [.. (lines ?? []).Select(line => new TurnSource(line.SessionId!, line.TurnId!))];
}

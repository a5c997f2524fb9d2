using MemoryDapr.Types;

namespace MemoryDapr.Api.Exchange;

/// <summary>What an episode says is so, as a line has it.</summary>
internal sealed record FactLine
{
    public string? Text { get; init; }

    public IReadOnlyList<SourceLine>? Sources { get; init; }

    public static FactLine From(EpisodeFact fact) => new() { Text = fact.Text, Sources = SourceLine.From(fact.Sources) };

    public EpisodeFact ToFact() => new(Text!, SourceLine.ToSources(Sources));
}

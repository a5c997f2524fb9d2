using System.Globalization;
using MemoryDapr.Distill;
using MemoryDapr.Distill.Rules;
using MemoryDapr.Types;

namespace MemoryDapr.Benchmarks;

/// <summary>The conversations of a file as the items that a store would hold: the turns, and what the rules distil from them.</summary>
internal static class LadderCorpus
{
    /// <summary>When everything was stored and is asked for.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Scope ScopeOf(LocomoConversation conversation) => new("benchmark", conversation.Id);

    /// <summary>Every turn, its place in the file as its ordinal.</summary>
    public static IReadOnlyList<MemoryItem> Turns(LocomoConversation conversation)
    {
        Scope scope = ScopeOf(conversation);
        return [.. conversation.Turns.Select((turn, ordinal) => ToItem(scope, turn, ordinal))];
    }

    /// <summary>
    /// The episodes of every session, and their facts as if all had been promoted, made by the rules out of so many turns at a time.
    /// </summary>
    public static IReadOnlyList<MemoryItem> Distil(LocomoConversation conversation, int turnsPerPipeline)
    {
        var extractor = new RulesExtractor(new DistillOptions());
        var items = new List<MemoryItem>();
        foreach (IGrouping<string, MemoryItem> session in Turns(conversation).GroupBy(turn => turn.SessionId!))
        {
            foreach (MemoryItem[] turns in session.Chunk(turnsPerPipeline))
            {
                string pipeline = $"{session.Key}-{turns[0].Ordinal.ToString(CultureInfo.InvariantCulture)}";
                IReadOnlyList<SourceTurn> sources = SourceTurn.Read(turns);
                foreach ((int index, ExtractedEpisode episode) in extractor.Extract(sources).Index())
                {
                    items.AddRange(ToItems(turns[0].Scope, session.Key, ItemId.ForEpisode(turns[0].Scope, pipeline, index), sources, episode));
                }
            }
        }

        return items;
    }

    private static IEnumerable<MemoryItem> ToItems(Scope scope, string session, string id, IReadOnlyList<SourceTurn> sources, ExtractedEpisode extracted)
    {
        MemoryItem episode = new()
        {
            Id = id,
            Scope = scope,
            Kind = MemoryKind.Episode,
            Title = extracted.Title,
            Text = extracted.Summary,
            SessionId = session,
            At = extracted.Turns.Min(turn => sources[turn].At),
            Until = extracted.Turns.Max(turn => sources[turn].At),
            Sources = ToSources(extracted.Turns),
            Facts = [.. extracted.Facts.Select(fact => new EpisodeFact(fact.Text, ToSources(fact.Turns)))],
            Salience = SalienceLevel.New(Now),
            CreatedAt = Now,
            UpdatedAt = Now,
        };
        yield return episode;
        foreach ((int index, EpisodeFact fact) in episode.Facts.Index())
        {
            yield return new MemoryItem
            {
                Id = ItemId.ForFact(scope, id, index),
                Scope = scope,
                Kind = MemoryKind.Fact,
                Text = fact.Text,
                At = episode.At,
                Sources = fact.Sources,
                DerivedFrom = [id],
                ValidFrom = episode.At,
                Salience = SalienceLevel.New(Now),
                CreatedAt = Now,
                UpdatedAt = Now,
            };
        }

        TurnSource[] ToSources(IReadOnlyList<int> turns) => [.. turns.Select(turn => new TurnSource(session, sources[turn].TurnId))];
    }

    private static MemoryItem ToItem(Scope scope, LocomoTurn turn, int ordinal)
    {
        string session = $"s{turn.Session.ToString(CultureInfo.InvariantCulture)}";
        return new MemoryItem
        {
            Id = ItemId.ForTurn(scope, session, turn.Id),
            Scope = scope,
            Kind = MemoryKind.Turn,
            Text = turn.Text,
            SessionId = session,
            TurnId = turn.Id,
            Ordinal = ordinal,
            Role = turn.Speaker.Equals("assistant", StringComparison.OrdinalIgnoreCase) ? TurnRole.Assistant : TurnRole.User,
            Speaker = turn.Speaker,
            At = turn.At,
            Sources = [new TurnSource(session, turn.Id)],
            Salience = SalienceLevel.New(Now),
            CreatedAt = Now,
            UpdatedAt = Now,
        };
    }
}

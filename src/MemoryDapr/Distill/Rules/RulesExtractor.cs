using MemoryDapr.Types;

namespace MemoryDapr.Distill.Rules;

/// <summary>
/// Episodes without a model: what was said is divided by topic, retold in the third person, and the weightiest statements become the
/// summary. It invents nothing, and it forgets nothing that looks like a name, a number or a date.
/// </summary>
internal sealed class RulesExtractor(DistillOptions options) : IEpisodeExtractor
{
    private const int TitleCharacters = 100;
    private const int FactsPerTurn = 4;

    /// <summary>The episodes of a run of turns; none if nothing worth keeping was said.</summary>
    public IReadOnlyList<ExtractedEpisode> Extract(IReadOnlyList<SourceTurn> turns)
    {
        IReadOnlyList<Voice> voices = ReadVoices(turns);
        return
        [
            .. TopicSegments.Find(turns, options.MaxTurnsPerEpisode, options.EpisodeGap)
                .Select(segment => Compose(turns, voices, segment))
                .OfType<ExtractedEpisode>(),
        ];
    }

    /// <inheritdoc/>
    public Task<Extraction> ExtractAsync(IReadOnlyList<SourceTurn> turns, CancellationToken cancellationToken) =>
        Task.FromResult(new Extraction(Extract(turns), IsFallback: false));

    /// <summary>One episode of all the turns, whatever their topics; null if they say nothing worth keeping.</summary>
    public ExtractedEpisode? ExtractOne(IReadOnlyList<SourceTurn> turns) => Compose(turns, ReadVoices(turns), 0..turns.Count);

    private ExtractedEpisode? Compose(IReadOnlyList<SourceTurn> turns, IReadOnlyList<Voice> voices, Range segment)
    {
        (int start, int length) = segment.GetOffsetAndLength(turns.Count);
        string[] names = [.. turns.Select(turn => turn.Speaker).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
        var statements = new List<Statement>();
        bool isAllEnglish = true;
        for (int index = start; index < start + length; index++)
        {
            SourceTurn turn = turns[index];
            bool isEnglish = Language.IsEnglish(turn.Content);
            isAllEnglish &= isEnglish;
            statements.AddRange(StatementReader.Read(
                turn.Content, voices[index], names, turn.At, index, isEnglish, isEnglish ? FindAskedAbout(turns, names, index) : null));
        }

        if (statements.Count == 0)
        {
            return null;
        }

        int[] all = [.. Enumerable.Range(start, length)];
        return new ExtractedEpisode(
            MakeTitle(turns, names, statements, all, isAllEnglish),
            MakeSummary(statements),
            MakeFacts(statements),
            all);
    }

    /// <summary>Who the turn before asked about: "How old is Inês?" tells who "she" is in the answer, if nobody else is named.</summary>
    private static string? FindAskedAbout(IReadOnlyList<SourceTurn> turns, IReadOnlyCollection<string> names, int index)
    {
        if (index == 0 || Sentences.Split(turns[index - 1].Content, 60) is not [.., string question] || !Sentences.IsQuestion(question))
        {
            return null;
        }

        string[] named = [.. StatementReader.NamesWithin(question).Where(name => !names.Any(other => other.StartsWith(name, StringComparison.OrdinalIgnoreCase))).Distinct()];
        return named.Length == 1 ? named[0] : null;
    }

    private static string MakeTitle(
        IReadOnlyList<SourceTurn> turns,
        IReadOnlyCollection<string> names,
        IReadOnlyList<Statement> statements,
        IReadOnlyList<int> indexes,
        bool isAllEnglish)
    {
        string[] left = [.. names.SelectMany(name => name.Split(' '))];
        IReadOnlyList<string> phrases = isAllEnglish
            ? KeyPhrases.Find([.. indexes.Select(index => turns[index].Content)], left, 3)
            : [];
        string about = phrases.Count > 0 ? string.Join(", ", phrases) : statements.MaxBy(statement => statement.Weight)!.Gist;
        string who = string.Join(" and ", indexes.Select(index => turns[index].Speaker).OfType<string>().Distinct().Take(3));
        string title = who.Length > 0 && phrases.Count > 0 ? $"{who}: {about}" : about;
        return Cut(char.ToUpperInvariant(title[0]) + title[1..], TitleCharacters);
    }

    /// <summary>The weightiest statements that fit, in the order in which they were made; each turn is heard before one is heard twice.</summary>
    private string MakeSummary(IReadOnlyList<Statement> statements)
    {
        var chosen = new List<(Statement Statement, int Place)>();
        int length = 0;
        IEnumerable<(Statement Statement, int Place)> ranked = statements
            .Select((statement, place) => (statement, place))
            .GroupBy(entry => entry.statement.TurnIndex)
            .SelectMany(turn => turn.OrderByDescending(entry => entry.statement.Weight).Select((entry, rank) => (entry, rank)))
            .OrderByDescending(ranked => ranked.entry.statement.Weight - (2.5 * ranked.rank))
            .ThenBy(ranked => ranked.entry.place)
            .Select(ranked => ranked.entry);
        foreach ((Statement Statement, int Place) entry in ranked)
        {
            if (chosen.Count == 0 || length + entry.Statement.Gist.Length < options.SummaryCharacters)
            {
                chosen.Add(entry);
                length += entry.Statement.Gist.Length + 1;
            }
        }

        return Cut(string.Join(' ', chosen.OrderBy(entry => entry.Place).Select(entry => entry.Statement.Gist)), options.SummaryCharacters);
    }

    private IReadOnlyList<ExtractedFact> MakeFacts(IReadOnlyList<Statement> statements) =>
    [
        .. statements
            .Select((statement, place) => (statement, place))
            .Where(entry => entry.statement.IsFact)
            .GroupBy(entry => entry.statement.TurnIndex)
            .SelectMany(turn => turn.OrderByDescending(entry => entry.statement.Weight).Take(FactsPerTurn))
            .OrderByDescending(entry => entry.statement.Weight)
            .Take(options.MaxFactsPerEpisode)
            .OrderBy(entry => entry.place)
            .GroupBy(entry => entry.statement.Text, StringComparer.OrdinalIgnoreCase)
            .Select(same => new ExtractedFact(same.Key, [.. same.Select(entry => entry.statement.TurnIndex).Distinct()])),
    ];

    /// <summary>"You" is the other one where two talk, the model where a user talks to it, and otherwise everybody else.</summary>
    private static IReadOnlyList<Voice> ReadVoices(IReadOnlyList<SourceTurn> turns)
    {
        string[] names = [.. turns.Select(NameOf).Distinct(StringComparer.OrdinalIgnoreCase)];
        return
        [
            .. turns.Select(turn =>
            {
                string name = NameOf(turn);
                string addressee = names.Length switch
                {
                    1 => turn.Role == TurnRole.Assistant ? "the user" : turn.Speaker is null ? "the assistant" : Voice.Others,
                    2 => names.First(other => !other.Equals(name, StringComparison.OrdinalIgnoreCase)),
                    _ => Voice.Others,
                };
                return new Voice(name, addressee, turn.Role == TurnRole.Assistant);
            }),
        ];
    }

    private static string NameOf(SourceTurn turn) =>
        turn.Speaker?.Trim() is { Length: > 0 } name && !name.Equals("user", StringComparison.OrdinalIgnoreCase)
                                                    && !name.Equals("assistant", StringComparison.OrdinalIgnoreCase)
            ? name
            : turn.Role == TurnRole.Assistant ? "the assistant" : "the user";

    private static string Cut(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        int space = text.LastIndexOf(' ', length - 1);
        int cut = space > length / 2 ? space : char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return text[..cut].TrimEnd(',', ';', ' ') + "…";
    }
}

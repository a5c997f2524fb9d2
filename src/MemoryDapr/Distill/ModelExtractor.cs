using System.Globalization;
using System.Text;
using System.Text.Json;
using MemoryDapr.Distill.Rules;
using MemoryDapr.Models;
using MemoryDapr.Types;

namespace MemoryDapr.Distill;

/// <summary>
/// Episodes by a chat model. It sees numbered turns and answers numbers, so it cannot invent a source. Where it is down, the step fails and
/// is repeated later; where it gives no usable answer even after one repair, the rules make the episodes: plainer memories are better
/// than none, and asking the same again would bring the same.
/// </summary>
internal sealed class ModelExtractor(IChatModel model, ModelsOptions models, DistillOptions options, RulesExtractor rules) : IEpisodeExtractor
{
    private const int TitleCharacters = 200;
    private const int FactCharacters = 1000;

    private static readonly Prompt Prompt = Prompt.Load("MemoryDapr.Distill.extract");

    public async Task<Extraction> ExtractAsync(IReadOnlyList<SourceTurn> turns, CancellationToken cancellationToken)
    {
        if (turns.Count == 0)
        {
            return new Extraction([], IsFallback: false);
        }

        IReadOnlyList<ExtractedEpisode>? episodes = await model.AskAsync(
            new ChatRequest("extract", Prompt.Instructions, Describe(turns), Prompt.Schema),
            text => Parse(text, turns.Count),
            cancellationToken);
        return episodes is null ? new Extraction(rules.Extract(turns), IsFallback: true) : new Extraction(episodes, IsFallback: false);
    }

    private string Describe(IReadOnlyList<SourceTurn> turns)
    {
        var text = new StringBuilder();
        int limit = Math.Max(200, models.MaxPromptCharacters / turns.Count);
        for (int index = 0; index < turns.Count; index++)
        {
            SourceTurn turn = turns[index];
            string said = turn.Content.Length <= limit ? turn.Content : turn.Content[..limit];
            string who = turn.Speaker ?? turn.Role.ToString().ToLowerInvariant();
            text.Append(CultureInfo.InvariantCulture, $"[{index}] {turn.At:dddd, d MMMM yyyy, HH:mm} UTC, {who}: {said}\n");
        }

        return text.ToString();
    }

    private IReadOnlyList<ExtractedEpisode> Parse(string text, int turnCount)
    {
        Answer answer;
        try
        {
            answer = JsonSerializer.Deserialize<Answer>(text, MemoryJson.Options) ?? throw new FormatException("It is null.");
        }
        catch (JsonException fault)
        {
            throw new FormatException($"It is not JSON of the schema ({fault.Path}).", fault);
        }

        IReadOnlyList<AnsweredEpisode> episodes = answer.Episodes ?? throw new FormatException("It has no \"episodes\".");
        if (episodes.Count > turnCount)
        {
            throw new FormatException($"{episodes.Count} episodes are more than there are turns ({turnCount}).");
        }

        return [.. episodes.Select(episode => Read(episode, turnCount))];
    }

    private ExtractedEpisode Read(AnsweredEpisode episode, int turnCount)
    {
        int[] turns = ReadTurns(episode.Turns, turnCount, "an episode");
        ExtractedFact[] facts =
        [
            .. (episode.Facts ?? throw new FormatException("An episode has no \"facts\"."))
                .Take(options.MaxFactsPerEpisode)
                .Select(fact => new ExtractedFact(ReadText(fact.Text, FactCharacters, "fact"), ReadTurns(fact.Turns, turnCount, "a fact"))),
        ];
        return new ExtractedEpisode(
            ReadText(episode.Title, TitleCharacters, "title"),
            ReadText(episode.Summary, options.SummaryCharacters * 2, "summary"),
            facts,
            [.. turns.Union(facts.SelectMany(fact => fact.Turns)).Order()]);
    }

    private static int[] ReadTurns(IReadOnlyList<int>? turns, int count, string where)
    {
        if (turns is not { Count: > 0 })
        {
            throw new FormatException($"{where} names no turns.");
        }

        int wrong = turns.FirstOrDefault(turn => turn < 0 || turn >= count, -1);
        return turns.All(turn => turn >= 0 && turn < count)
            ? [.. turns.Distinct().Order()]
            : throw new FormatException($"{where} names turn {wrong}; there are 0 to {count - 1}.");
    }

    private static string ReadText(string? text, int longest, string name) =>
        string.IsNullOrWhiteSpace(text) ? throw new FormatException($"A {name} is empty.")
        : text.Length > longest ? throw new FormatException($"A {name} has {text.Length} characters, more than {longest}.")
        : text.Trim();

    private sealed record Answer(IReadOnlyList<AnsweredEpisode>? Episodes);

    private sealed record AnsweredEpisode(string? Title, string? Summary, IReadOnlyList<int>? Turns, IReadOnlyList<AnsweredFact>? Facts);

    private sealed record AnsweredFact(string? Text, IReadOnlyList<int>? Turns);
}

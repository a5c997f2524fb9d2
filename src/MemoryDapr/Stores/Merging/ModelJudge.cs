using System.Globalization;
using System.Text;
using System.Text.Json;
using MemoryDapr.Models;
using MemoryDapr.Types;

namespace MemoryDapr.Stores.Merging;

/// <summary>
/// Has a chat model decide. It sees numbered candidates and answers numbers, so it cannot invent an id. Where it gives no usable answer
/// the rules decide: a double can still be merged later, a lost memory not.
/// </summary>
internal sealed class ModelJudge(IChatModel model, ModelsOptions options, RulesJudge rules) : IMergeJudge
{
    private const int QuestionsPerCall = 10;
    private const int ReasonCharacters = 300;

    private static readonly Prompt Prompt = Prompt.Load("MemoryDapr.Stores.Merging.merge");

    public async Task<IReadOnlyList<MergeDecision>> DecideAsync(IReadOnlyList<MergeQuestion> questions, CancellationToken cancellationToken)
    {
        var decisions = new MergeDecision[questions.Count];
        int[] open = [.. Enumerable.Range(0, questions.Count).Where(index => questions[index].Candidates.Count > 0)];
        foreach (int index in Enumerable.Range(0, questions.Count).Except(open))
        {
            decisions[index] = new MergeDecision(MergeAction.Create, null, "Nothing known is near it.");
        }

        foreach (int[] call in open.Chunk(QuestionsPerCall))
        {
            MergeQuestion[] asked = [.. call.Select(index => questions[index])];
            IReadOnlyList<MergeDecision> answered =
                await model.AskAsync(
                    new ChatRequest("merge", Prompt.Instructions, Describe(asked), Prompt.Schema),
                    IReadOnlyList<MergeDecision> (text) => Parse(text, asked),
                    cancellationToken)
                ?? [.. (await rules.DecideAsync(asked, cancellationToken)).Select(decision => decision with { IsFallback = true })];
            foreach ((int index, MergeDecision decision) in call.Zip(answered))
            {
                decisions[index] = decision;
            }
        }

        return decisions;
    }

    private string Describe(MergeQuestion[] questions)
    {
        var text = new StringBuilder();
        int limit = options.MaxPromptCharacters / Math.Max(1, questions.Sum(question => question.Candidates.Count + 1));
        for (int index = 0; index < questions.Length; index++)
        {
            text.Append(CultureInfo.InvariantCulture, $"## New {index}\n{Show(questions[index].Draft, limit)}\n");
            for (int candidate = 0; candidate < questions[index].Candidates.Count; candidate++)
            {
                text.Append(CultureInfo.InvariantCulture, $"### Known {candidate}\n{Show(questions[index].Candidates[candidate], limit)}\n");
            }
        }

        return text.ToString();
    }

    private static string Show(MemoryItem item, int limit)
    {
        string facts = string.Concat(item.Facts.Select(fact => $"\n- {fact.Text}"));
        string shown = $"{item.Kind} of {item.At.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}. {item.Title}\n{item.Text}{facts}";
        return shown.Length <= limit ? shown : shown[..limit];
    }

    private static MergeDecision[] Parse(string text, MergeQuestion[] questions)
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

        var decisions = new MergeDecision[questions.Length];
        foreach (AnsweredDecision decision in answer.Decisions ?? throw new FormatException("It has no decisions."))
        {
            if (decision.New < 0 || decision.New >= questions.Length || decisions[decision.New] is not null)
            {
                throw new FormatException($"\"new\" is {decision.New}; each of 0 to {questions.Length - 1} must stand exactly once.");
            }

            decisions[decision.New] = Read(decision, questions[decision.New]);
        }

        int missing = Array.IndexOf(decisions, null);
        return missing < 0 ? decisions : throw new FormatException($"There is no decision for new {missing}.");
    }

    private static MergeDecision Read(AnsweredDecision decision, MergeQuestion question)
    {
        string reason = string.IsNullOrWhiteSpace(decision.Reason) ? throw new FormatException("A reason is empty.") : decision.Reason.Trim();
        reason = reason.Length <= ReasonCharacters ? reason : reason[..ReasonCharacters];
        MergeAction action = decision.Action switch
        {
            "create" => MergeAction.Create,
            "merge" => MergeAction.Merge,
            "drop" => MergeAction.Drop,
            "supersede" when question.Draft.Kind == MemoryKind.Fact => MergeAction.Supersede,
            "supersede" => throw new FormatException("Only a fact can supersede."),
            _ => throw new FormatException($"\"{decision.Action}\" is no action."),
        };
        if (action == MergeAction.Create)
        {
            return new MergeDecision(action, null, reason);
        }

        return decision.Known is { } known && known >= 0 && known < question.Candidates.Count
            ? new MergeDecision(action, question.Candidates[known], reason)
            : throw new FormatException($"\"known\" of new {decision.New} must be 0 to {question.Candidates.Count - 1}.");
    }

    private sealed record Answer(IReadOnlyList<AnsweredDecision>? Decisions);

    private sealed record AnsweredDecision(int New, string Action, int? Known, string Reason);
}

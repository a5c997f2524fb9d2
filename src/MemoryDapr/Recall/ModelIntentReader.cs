using System.Globalization;
using System.Text.Json;
using MemoryDapr.Models;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Recall;

/// <summary>Has a chat model read what a question asks for.</summary>
internal sealed class ModelIntentReader(IChatModel model)
{
    private const int LongestQuestion = 2000;
    private const int MaxDays = 31;
    private const int MaxMonths = 24;

    private static readonly Prompt Prompt = Prompt.Load("MemoryDapr.Recall.intent");

    /// <summary>What the question asks for, seen from <paramref name="today"/>; null where the model gives no usable answer.</summary>
    /// <exception cref="ModelUnavailableException">No answer now.</exception>
    public Task<RecallIntent?> ReadAsync(string query, DateOnly today, CancellationToken cancellationToken)
    {
        string question = query.Length <= LongestQuestion ? query : query[..LongestQuestion];
        string input = string.Create(CultureInfo.InvariantCulture, $"Today is {today:dddd, d MMMM yyyy} ({today:O}).\nThe question:\n{question}");
        return model.AskAsync(new ChatRequest("intent", Prompt.Instructions, input, Prompt.Schema), Parse, cancellationToken);
    }

    private static RecallIntent Parse(string text)
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

        string[] asksFor = [.. answer.AsksFor ?? throw new FormatException("It has no asksFor.")];
        return IntentReader.ToIntent(new QueryHints
        {
            FirstPerson = answer.FirstPerson,
            WantsTime = asksFor.Contains("time"),
            WantsNumber = asksFor.Contains("number"),
            WantsName = asksFor.Contains("name"),
            Days = ReadDates(answer.Days, "yyyy-MM-dd", MaxDays),
            Months = ReadDates(answer.Months, "yyyy-MM", MaxMonths),
        });
    }

    private static DateOnly[] ReadDates(IReadOnlyList<string>? dates, string format, int limit)
    {
        if (dates is null || dates.Count > limit)
        {
            throw new FormatException($"There must be 0 to {limit} dates of the form {format}.");
        }

        return [.. dates.Distinct().Select(date =>
            DateOnly.TryParseExact(date, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly read)
                ? read
                : throw new FormatException($"A date is not of the form {format}."))];
    }

    private sealed record Answer(IReadOnlyList<string>? AsksFor, bool FirstPerson, IReadOnlyList<string>? Days, IReadOnlyList<string>? Months);
}

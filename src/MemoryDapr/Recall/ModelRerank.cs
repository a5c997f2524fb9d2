using System.Globalization;
using System.Text;
using System.Text.Json;
using MemoryDapr.Models;
using MemoryDapr.Stores;
using MemoryDapr.Types;
using Microsoft.Extensions.Logging;

namespace MemoryDapr.Recall;

/// <summary>
/// The last stage of ranking, where it is switched on: a chat model puts the store's best items in order. It sees numbered items and
/// answers numbers, so it can neither invent nor lose one; when it fails or takes too long the store's order stays.
/// </summary>
internal sealed partial class ModelRerank(
    IChatModel model, RecallOptions options, ModelsOptions models, TimeProvider time, ILogger<ModelRerank> logger)
{
    /// <summary>How many items are shown to the model: the same for every count, so that fewer results are the first of more.</summary>
    public const int Depth = 50;

    private const int LongestItem = 600;

    private static readonly Prompt Prompt = Prompt.Load("MemoryDapr.Recall.rerank");

    /// <summary>Whether it is in use.</summary>
    public bool IsEnabled => options.UseModelRerank && model.IsEnabled;

    /// <summary>The items in the model's order, those beyond the depth after them as they were; null where it gave none.</summary>
    public async Task<IReadOnlyList<ScoredItem>?> OrderAsync(string query, IReadOnlyList<ScoredItem> items, CancellationToken cancellationToken)
    {
        int depth = Math.Min(Depth, items.Count);
        using var deadline = new CancellationTokenSource(options.RerankDeadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            int[]? order = await model.AskAsync(
                new ChatRequest("rerank", Prompt.Instructions, Describe(query, items, depth), Prompt.Schema), text => Parse(text, depth), either.Token);
            return order is null ? null : Place(items, [.. order.Union(Enumerable.Range(0, depth))]);
        }
        catch (Exception exception) when (
            exception is ModelUnavailableException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogUnranked(exception.GetType().Name);
            return null;
        }
    }

    private string Describe(string query, IReadOnlyList<ScoredItem> items, int depth)
    {
        int limit = Math.Min(LongestItem, models.MaxPromptCharacters / (depth + 1));
        var text = new StringBuilder().Append("The question:\n").Append(Cut(query, limit)).Append("\n\nThe memories:\n");
        for (int index = 0; index < depth; index++)
        {
            MemoryItem item = items[index].Item;
            text.Append(CultureInfo.InvariantCulture, $"[{index}] {item.At:d MMMM yyyy}, {item.Speaker ?? item.Kind.ToString()}: ")
                .Append(Cut(item.Text.ReplaceLineEndings(" "), limit)).Append('\n');
        }

        return text.ToString();
    }

    private static string Cut(string text, int limit) => text.Length <= limit ? text : text[..limit];

    private static int[] Parse(string text, int depth)
    {
        try
        {
            int[] order = JsonSerializer.Deserialize<Answer>(text, MemoryJson.Options)?.Order ?? throw new FormatException("It has no order.");
            return order.All(index => index >= 0 && index < depth) && order.Distinct().Count() == order.Length
                ? order
                : throw new FormatException($"\"order\" must hold numbers from 0 to {depth - 1}, each at most once.");
        }
        catch (JsonException fault)
        {
            throw new FormatException($"It is not JSON of the schema ({fault.Path}).", fault);
        }
    }

    // Each place keeps its score, and the difference becomes a part: scores still fall, and parts still sum to them.
    private static IReadOnlyList<ScoredItem> Place(IReadOnlyList<ScoredItem> items, int[] order) =>
    [
        .. order.Select((from, place) => items[from] with
        {
            Score = items[place].Score,
            Parts = from == place ? items[from].Parts : [.. items[from].Parts, new ScorePart("rerank", items[place].Score - items[from].Score)],
        }),
        .. items.Skip(order.Length),
    ];

    private sealed record Answer(int[]? Order);
}

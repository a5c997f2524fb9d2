using System.Globalization;
using MemoryDapr.Recall.Ranking;
using MemoryDapr.Store.Sqlite;
using MemoryDapr.Stores;
using MemoryDapr.Types;
using Shouldly;
using Xunit;
using static MemoryDapr.Tests.Stores.Memories;

namespace MemoryDapr.Tests.Stores;

/// <summary>
/// Chats with an assistant: messages of some 50 words, in which the user tells one thing of their own, and answers of some 500 words that
/// take up everything again and again. All of it is made up: it shows that what suits short chat does not bury the user's own words here,
/// not by how much.
/// </summary>
public sealed class LongMessagesTests : IAsyncLifetime
{
    private const int Exchanges = 120;
    private const int Topics = 6;
    private const int Things = Exchanges / Topics;
    private const int Depth = 5;

#pragma warning disable RS0030 // Seeded: the same words every time.
    private readonly Random _random = new(17);
#pragma warning restore RS0030
    private readonly TemporaryStore _store = new();

    public async ValueTask InitializeAsync()
    {
        foreach (int[] exchanges in Enumerable.Range(0, Exchanges).Chunk(40))
        {
            await _store.Store.ApplyAsync(Batch([.. exchanges.SelectMany(Exchange)]), CancellationToken.None);
        }
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Search_ForWhatTheUserTold_FindsItByParts_LightContextAndFirstPerson()
    {
        double product = await ShareAsync(RankingFeatures.All, WeightClass.Auto);
        double full = await ShareAsync(RankingFeatures.All, WeightClass.Full);
        double impersonal = await ShareAsync(RankingFeatures.All & ~RankingFeatures.FirstPerson, WeightClass.Auto);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{product:P0}, full {full:P0}, impersonal {impersonal:P0}"));

        product.ShouldBe(await ShareAsync(RankingFeatures.All, WeightClass.Light));
        product.ShouldBeGreaterThan(full + 0.1);
        product.ShouldBeGreaterThan(impersonal + 0.1);
    }

    // How many of the questions have the user's turn among the first five.
    private async Task<double> ShareAsync(RankingFeatures features, WeightClass weightClass)
    {
        await _store.Store.DisposeAsync();
        await using var store = SqliteStore.Open(_store.Options, features);
        int found = 0;
        for (int i = 0; i < Exchanges; i++)
        {
            SearchPlan plan = Plan($"Where do I keep my {Thing(i)} for {Topic(i)}?", Depth) with { WeightClass = weightClass };
            SearchResult result = await store.SearchAsync(plan, CancellationToken.None);
            found += result.Items.Any(item => item.Item.TurnId == $"t{2 * i}") ? 1 : 0;
        }

        return (double)found / Exchanges;
    }

    private IEnumerable<MemoryItem> Exchange(int i)
    {
        string told = $"By the way, my {Thing(i)} lies in the {Word(i, "place")}.";
        yield return Turn(2 * i, $"{Words(i, 20)}. {told} {Words(i, 20)}?", "user", $"s{i / 10}");
        string answer = string.Join(' ', Enumerable.Range(0, 10).Select(_ => $"{Advice(i)} {Words(i, 35)}."));
        yield return Turn((2 * i) + 1, answer, "assistant", $"s{i / 10}") with { Role = TurnRole.Assistant };
    }

    // What the assistant says of things, those that the user told of in other exchanges as well.
    private string Advice(int i)
    {
        string thing = Word(_random.Next(Things), "thing");
        return $"For {Topic(i)} keep the {thing} close, a {thing} is soon lost.";
    }

    // Things come up again and again, a thing with a topic only once.
    private static string Thing(int i) => Word(i / Topics, "thing");

    private static string Topic(int i) => Word(i % Topics, "topic");

    private static string Word(int number, string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}{number}x");

    private string Words(int i, int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ =>
        _random.Next(4) == 0 ? Topic(i) : Word((int)Math.Pow(800, _random.NextDouble()), "word")));
}

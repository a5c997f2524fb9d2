using System.Globalization;
using MemoryDapr.Recall;
using MemoryDapr.Store;
using MemoryDapr.Store.Sqlite;
using MemoryDapr.Stores;
using MemoryDapr.Stores.Analysis;
using MemoryDapr.Types;

namespace MemoryDapr.Benchmarks;

/// <summary>
/// Turns of 27 words out of a vocabulary with Zipf's frequencies, in sessions of 20, and questions of five such words: harder than
/// real ones, whose most frequent words are stop words. The same seed gives the same words.
/// </summary>
internal sealed class SyntheticTurns(int seed)
{
    private const int WordsPerTurn = 27;
    private const int WordsPerQuestion = 5;
    private const int TurnsPerSession = 20;
    private const int Vocabulary = 30_000;
    private const int BatchSize = 100;

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

#pragma warning disable RS0030 // Seeded: the same words every time.
    private readonly Random _random = new(seed);
#pragma warning restore RS0030

    public static Scope ScopeOf(int index) => new("benchmark", string.Create(CultureInfo.InvariantCulture, $"user{index}"));

    /// <summary>Writes so many turns to a scope, in batches, from an ordinal on.</summary>
    public async Task WriteAsync(SqliteStore store, Scope scope, int first, int count, CancellationToken cancellationToken)
    {
        foreach (int[] ordinals in Enumerable.Range(first, count).Chunk(BatchSize))
        {
            await store.ApplyAsync(new StoreBatch { Scope = scope, Items = [.. ordinals.Select(ordinal => Turn(scope, ordinal))] }, cancellationToken);
        }
    }

    /// <summary>Writes so many turns to one scope of a new store in the folder, and closes it.</summary>
    public static async Task FillAsync(StoreOptions options, int turns, CancellationToken cancellationToken)
    {
        await using var store = SqliteStore.Open(options);
        await new SyntheticTurns(turns).WriteAsync(store, ScopeOf(0), 0, turns, cancellationToken);
    }

    /// <summary>A question to a scope, for ten winners.</summary>
    public SearchPlan Question(Scope scope)
    {
        string query = string.Join(' ', Enumerable.Range(0, WordsPerQuestion).Select(_ => Word()));
        return new SearchPlan { Scope = scope, Terms = QueryAnalyzer.Analyze(query), Hints = QuestionHints.Detect(query), Count = 10, Now = Now };
    }

    private MemoryItem Turn(Scope scope, int ordinal)
    {
        string session = string.Create(CultureInfo.InvariantCulture, $"s{ordinal / TurnsPerSession}");
        string turn = ordinal.ToString(CultureInfo.InvariantCulture);
        DateTimeOffset at = Now.AddMinutes(-ordinal);
        return new MemoryItem
        {
            Id = ItemId.ForTurn(scope, session, turn),
            Scope = scope,
            Kind = MemoryKind.Turn,
            Text = string.Join(' ', Enumerable.Range(0, WordsPerTurn).Select(_ => Word())),
            SessionId = session,
            TurnId = turn,
            Ordinal = ordinal,
            Role = ordinal % 2 == 0 ? TurnRole.User : TurnRole.Assistant,
            At = at,
            Sources = [new TurnSource(session, turn)],
            Salience = SalienceLevel.New(at),
            CreatedAt = at,
            UpdatedAt = at,
        };
    }

    // Rank r with a frequency of about 1/r.
    private string Word() => string.Create(CultureInfo.InvariantCulture, $"w{(int)Math.Pow(Vocabulary, _random.NextDouble())}x");
}

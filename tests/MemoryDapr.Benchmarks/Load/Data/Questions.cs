using System.Text.Json;
using MemoryDapr.Benchmarks.Load.Loops;

namespace MemoryDapr.Benchmarks.Load.Data;

/// <summary>
/// Recalls of which no two are alike, users in turn: a question, and after it words of a turn of the same user. Safe for any number of
/// threads.
/// </summary>
internal sealed class Questions
{
    private const int WordsAdded = 4;

    // No common divisor with any number of turns here, so that all turns come before one comes again.
    private const int Stride = 7919;

    private readonly (string User, string[] Questions, string[] Words)[] _users;
    private long _asked = -1;

    public Questions(IReadOnlyList<Asked> users) => _users =
        [.. users.Select(user => (user.User, user.Questions.ToArray(), user.Texts.SelectMany(SplitToTails).ToArray()))];

    /// <summary>The next one.</summary>
    /// <param name="count">How many items are asked for.</param>
    public LoadRequest Next(int count = 10)
    {
        long number = Interlocked.Increment(ref _asked);
        (string user, string[] questions, string[] words) = _users[number % _users.Length];
        long own = number / _users.Length;
        string query = $"{questions[own % questions.Length]} {words[((own / questions.Length) + (own * Stride)) % words.Length]}";
        return new LoadRequest("/memory/recall", JsonSerializer.SerializeToUtf8Bytes(new Body(query, user, count), JsonSerializerOptions.Web));
    }

    // Four words from each place of a turn.
    private static IEnumerable<string> SplitToTails(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Enumerable.Range(0, Math.Max(1, words.Length - WordsAdded + 1)).Select(first => string.Join(' ', words.Skip(first).Take(WordsAdded)));
    }

    private sealed record Body(string Query, string User, int K);
}

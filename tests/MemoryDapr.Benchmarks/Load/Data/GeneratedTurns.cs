using System.Globalization;

namespace MemoryDapr.Benchmarks.Load.Data;

/// <summary>
/// Turns of 27 words, the same every time for the same user and place: two sentences of which the first tells something of its speaker,
/// two speakers in turn, an hour between sessions.
/// </summary>
internal static class GeneratedTurns
{
    private const int WordsPerSentence = 13;

    private static readonly DateTimeOffset First = new(2024, 1, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly string[] Openings = ["I bought a", "I went to", "We talked about the", "My sister likes", "I want to learn", "I started a"];

    /// <summary>A user's sessions, one after the other.</summary>
    public static IEnumerable<LoadSession> Sessions(string user, int turns, int turnsPerSession)
    {
        for (int first = 0; first < turns; first += turnsPerSession)
        {
            int from = first;
            yield return new LoadSession(
                user,
                $"{user}-{(first / turnsPerSession).ToString(CultureInfo.InvariantCulture)}",
                [.. Enumerable.Range(first, Math.Min(turnsPerSession, turns - first)).Select(number => Turn(user, number, from))]);
        }
    }

    /// <summary>Questions about a user with this many turns, with the words of some of them.</summary>
    public static Asked Ask(string user, int turns, int questions = 50, int texts = 1_000)
    {
        Random random = Seeded(user, -1);
        string[] asked = [.. Enumerable.Range(0, questions).Select(number =>
            $"{(number % 2 == 0 ? "When did Anna" : "What does Ben think about the")} {Words.NextContent(random)} {Words.NextContent(random)}?")];
        return new Asked(user, asked, [.. Enumerable.Range(0, Math.Min(turns, texts)).Select(_ => Text(user, random.Next(turns)))]);
    }

    private static LoadTurn Turn(string user, int number, int firstOfSession) => new(
        $"t{number.ToString(CultureInfo.InvariantCulture)}",
        "user",
        number % 2 == 0 ? "Anna" : "Ben",
        Text(user, number),
        First.AddHours(firstOfSession).AddMinutes(number - firstOfSession));

    private static string Text(string user, int number)
    {
        Random random = Seeded(user, number);
        string opening = Openings[random.Next(Openings.Length)];
        int left = WordsPerSentence - opening.Count(letter => letter == ' ');
        string first = string.Join(' ', Enumerable.Range(0, left).Select(place => place == 0 ? Words.NextContent(random) : Words.Next(random)));
        string second = string.Join(' ', Enumerable.Range(0, WordsPerSentence).Select(_ => Words.Next(random)));
        return $"{opening} {first}. {char.ToUpperInvariant(second[0])}{second[1..]}.";
    }

    // Not string.GetHashCode, which is another in every process.
    private static Random Seeded(string user, int number)
    {
        int seed = user.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter));
#pragma warning disable RS0030 // Seeded: the same words every time.
        return new Random(unchecked((seed * 397) ^ number));
#pragma warning restore RS0030
    }
}

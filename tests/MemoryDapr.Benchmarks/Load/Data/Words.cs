namespace MemoryDapr.Benchmarks.Load.Data;

/// <summary>A vocabulary with the frequencies of a language: function words of English, then 30,000 made of syllables.</summary>
internal static class Words
{
    private const int Made = 30_000;

    private static readonly string[] Onsets = ["b", "br", "c", "ch", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pl", "r", "s", "sh", "st", "t", "tr", "v", "w"];
    private static readonly string[] Nuclei = ["a", "e", "i", "o", "u", "ai", "ea", "oo", "ou", "ie"];
    private static readonly string[] Codas = ["", "", "l", "n", "m", "r", "t", "ck", "nd", "rt", "sk"];

    private static readonly string[] Function =
    [
        "the", "to", "and", "a", "of", "in", "that", "it", "for", "was", "on", "with", "my", "you", "is", "we", "so", "have", "but", "at",
        "this", "me", "be", "just", "about", "really", "had", "what", "some", "are", "from", "they", "she", "he", "been", "out", "up", "like",
    ];

    private static readonly string[] Content = [.. Make()];

    /// <summary>A word: half of all are function words; of the others rank r comes with a frequency of about 1/r.</summary>
    public static string Next(Random random) => random.Next(2) == 0
        ? Function[Rank(random, Function.Length)]
        : NextContent(random);

    public static string NextContent(Random random) => Content[Rank(random, Content.Length)];

    private static int Rank(Random random, int count) => (int)Math.Pow(count, random.NextDouble()) - 1;

    private static HashSet<string> Make()
    {
#pragma warning disable RS0030 // Seeded: the same words every time.
        var random = new Random(Made);
#pragma warning restore RS0030
        var words = new HashSet<string>(StringComparer.Ordinal);
        while (words.Count < Made)
        {
            // The frequent ones are short.
            int syllables = words.Count < 300 ? 1 : words.Count < 6_000 ? 2 : 3;
            words.Add(string.Concat(Enumerable.Range(0, syllables).Select(_ => Pick(Onsets, random) + Pick(Nuclei, random) + Pick(Codas, random))));
        }

        return words;
    }

    private static string Pick(string[] parts, Random random) => parts[random.Next(parts.Length)];
}

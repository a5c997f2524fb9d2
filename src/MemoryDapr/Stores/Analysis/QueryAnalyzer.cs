namespace MemoryDapr.Stores.Analysis;

/// <summary>From a question to the words that a store searches for.</summary>
internal static class QueryAnalyzer
{
    /// <summary>Words that count; a question of 10,000 characters is a text, and its first words name its subject.</summary>
    public const int MaxTerms = 256;

    /// <summary>
    /// The question's words in order, each term once, stop words left out: none for a question of stop words alone. Pairs of
    /// characters of a script without spaces are words.
    /// </summary>
    public static IReadOnlyList<QueryTerm> Analyze(string query, AnalysisFeatures features = AnalysisFeatures.All)
    {
        var terms = new List<QueryTerm>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        Span<char> folded = stackalloc char[256];
        Span<char> stemmed = stackalloc char[256];
        foreach (Word word in new WordEnumerator(query))
        {
            if (terms.Count >= MaxTerms)
            {
                break;
            }

            ReadOnlySpan<char> written = query.AsSpan(word.Start, word.Length);
            if (word.Class == WordClass.Dense)
            {
                var pairs = new TermList();
                TermAnalyzer.Analyze(written, ref pairs, features);
                terms.AddRange(pairs.Terms.Where(known.Add).Select(pair => new QueryTerm(pair, pair, IsCapitalised: false)));
                continue;
            }

            // Half the words of a question are stop words: nothing is made of them.
            ReadOnlySpan<char> surface = TermAnalyzer.ToSurface(written, folded);
            ReadOnlySpan<char> found = TermAnalyzer.SurfaceToTerm(surface, stemmed, features);
            if (found.IsEmpty)
            {
                continue;
            }

            string term = found.ToString();
            if (known.Add(term))
            {
                terms.Add(new QueryTerm(term, found.SequenceEqual(surface) ? term : surface.ToString(), char.IsUpper(written[0])));
            }
        }

        return terms.Count <= MaxTerms ? terms : terms[..MaxTerms];
    }

    private readonly struct TermList() : ITermSink
    {
        public List<string> Terms { get; } = [];

        public void Add(ReadOnlySpan<char> term) => Terms.Add(term.ToString());
    }
}

namespace MemoryDapr.Store.Collections.Chunks;

/// <summary>
/// A chunk's terms together with its neighbours', each as often as it weighs. A database adds the scores of several properties, each
/// saturated by itself; in one property with repetitions the counts are added before saturation, as <c>ContextWeights</c> wants it.
/// </summary>
/// <param name="Full">For scopes of short items: own five times, 3 and 2 for the chunks beside it, 2 and 1 for those behind.</param>
/// <param name="Light">For scopes of long items: own five times, the chunks beside it once.</param>
internal readonly record struct ContextText(string Full, string Light)
{
    /// <summary>How often a chunk's own terms stand in its context.</summary>
    public const int OwnWeight = 5;

    private const int PreviousWeight = 3;
    private const int NextWeight = 2;
    private const int SecondPreviousWeight = 2;
    private const int SecondNextWeight = 1;

    /// <summary>How many chunks before and after a chunk its context holds.</summary>
    public const int Reach = 2;

    /// <summary>A chunk's context as it is stored.</summary>
    public static ContextText Of(StoredObject chunk) => new(chunk.Text(ChunkProperty.FullContext) ?? "", chunk.Text(ChunkProperty.LightContext) ?? "");

    /// <summary>The context of a chunk that has no neighbours.</summary>
    public static ContextText Alone(string own) => Of([own], 0);

    /// <summary>The context of the chunk at a place in a session's own terms.</summary>
    public static ContextText Of(IReadOnlyList<string> session, int place)
    {
        string own = session[place];
        string previous = At(session, place - 1);
        string next = At(session, place + 1);
        return new ContextText(
            Join((own, OwnWeight), (previous, PreviousWeight), (next, NextWeight), (At(session, place - 2), SecondPreviousWeight), (At(session, place + 2), SecondNextWeight)),
            Join((own, OwnWeight), (previous, 1), (next, 1)));
    }

    /// <summary>The context with each of these terms at least so often: added is what lacks, so that words which are there already gain nothing.</summary>
    public ContextText WithAtLeast(IReadOnlyList<KeyValuePair<string, int>> terms) => new(Extend(Full, terms), Extend(Light, terms));

    private static string Extend(string context, IReadOnlyList<KeyValuePair<string, int>> terms)
    {
        Dictionary<string, int> counts = context.Split(' ').CountBy(term => term, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return Join([(context, 1), .. terms.Select(term => (term.Key, Math.Max(0, term.Value - counts.GetValueOrDefault(term.Key))))]);
    }

    private static string At(IReadOnlyList<string> session, int place) => place >= 0 && place < session.Count ? session[place] : "";

    private static string Join(params ReadOnlySpan<(string Terms, int Weight)> parts)
    {
        var repeated = new List<string>();
        foreach ((string terms, int weight) in parts)
        {
            if (terms.Length > 0)
            {
                repeated.AddRange(Enumerable.Repeat(terms, weight));
            }
        }

        return string.Join(' ', repeated);
    }
}

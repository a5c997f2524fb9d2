namespace MemoryDapr.Store.Collections.Chunks;

/// <summary>
/// A chunk's terms together with its neighbours', each as often as it weighs. A database adds the scores of several properties, each
/// saturated by itself; in one property with repetitions the counts are added before saturation, as <c>ContextWeights</c> wants it.
/// </summary>
/// <param name="Full">For scopes of short items: own five times, 3 and 2 for the chunks beside it, 2 and 1 for those behind.</param>
/// <param name="Light">For scopes of long items: own five times, the chunks beside it once.</param>
internal readonly record struct ContextText(string Full, string Light)
{
    private const int OwnWeight = 5;
    private const int PreviousWeight = 3;
    private const int NextWeight = 2;
    private const int SecondPreviousWeight = 2;
    private const int SecondNextWeight = 1;

    /// <summary>How many chunks before and after a chunk its context holds.</summary>
    public const int Reach = 2;

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

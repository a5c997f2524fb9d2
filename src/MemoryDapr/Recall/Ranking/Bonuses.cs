using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Recall.Ranking;

/// <summary>
/// What is added to the words' score, on its scale (a rare word that matches is worth 5 to 10). None of them is a filter: each nudges,
/// and what matches well enough comes first all the same.
/// </summary>
internal static class Bonuses
{
    /// <summary>
    /// What puts an item without any word of the question below all that have one: more than all bonuses together.
    /// </summary>
    public const double Unmatched = -16;

    /// <summary>As much as salience and recency can be together.</summary>
    public const double MostNudges = SalienceWeight + RecencyWeight;

    private const double SalienceWeight = 0.5;
    private const double RecencyWeight = 0.25;
    private static readonly TimeSpan RecencyHalfLife = TimeSpan.FromDays(30);

    /// <summary>What is left after nine is rounded to nothing.</summary>
    private const double HalvingsToNothing = 9;

    /// <summary>
    /// Said by (or, where nobody says it, about) the one speaker whom the question names: 95 % of the evidence is. +3.7 points; as a
    /// filter it would cost 1.6.
    /// </summary>
    public static double NamedSpeaker(bool isTheirs) => isTheirs ? 2 : 0;

    /// <summary>Said by the user, where the question says "I", "me" or "my": as good as a name. +8 points in chats with an assistant.</summary>
    public static double FirstPerson(bool asked, bool isUser) => asked && isUser ? 3 : 0;

    /// <summary>A question is rarely the evidence for an answer: 25 % of turns are, 9–16 % of evidence. +1.5 points.</summary>
    public static double Question(float questionShare) => -0.5 * questionShare;

    /// <summary>Said on a day or in a month that the question names. +0.1 points, and what anybody would expect.</summary>
    public static double Date(QueryHints hints, DateTimeOffset at)
    {
        if (hints.Days.Count == 0 && hints.Months.Count == 0)
        {
            return 0;
        }

        var day = DateOnly.FromDateTime(at.UtcDateTime);
        bool inMonth = false;
        for (int i = 0; i < hints.Days.Count; i++)
        {
            if (hints.Days[i] == day)
            {
                return 2;
            }

            inMonth |= IsInMonth(day, hints.Days[i]);
        }

        for (int i = 0; i < hints.Months.Count; i++)
        {
            inMonth |= IsInMonth(day, hints.Months[i]);
        }

        return inMonth ? 1 : 0;
    }

    /// <summary>Names the kind of thing that is asked for: a time, a number, a name. +0.7 points.</summary>
    public static double AnswerType(QueryHints hints, ItemTraits traits) =>
        (hints.WantsTime && traits.NamesTime ? 1 : 0)
            + (hints.WantsNumber && traits.NamesNumber ? 1 : 0)
            + (hints.WantsName && traits.NamesName ? 2 : 0);

    /// <summary>As much as all bonuses together can be for a question.</summary>
    public static double MostFor(QueryHints hints, bool namesSpeaker) =>
        NamedSpeaker(namesSpeaker) + FirstPerson(hints.FirstPerson, isUser: true)
            + (hints.Days.Count + hints.Months.Count > 0 ? 2 : 0)
            + AnswerType(hints, new ItemTraits(0, NamesTime: true, NamesNumber: true, NamesName: true))
            + MostNudges;

    /// <summary>0..0.5 for what answers have rested on. What an application pinned keeps what it had.</summary>
    public static double Salience(SalienceLevel salience, bool pinned, DateTimeOffset now) =>
        SalienceWeight * (pinned ? salience.Value : salience.ValueAt(now));

    /// <summary>0..0.25: of two that match alike, the later one. Nothing after nine months: a year or two ago is both long ago.</summary>
    public static double Recency(DateTimeOffset at, DateTimeOffset now)
    {
        double halvings = (now - at) / RecencyHalfLife;
        return halvings >= HalvingsToNothing ? 0 : Math.Round(RecencyWeight * (halvings <= 0 ? 1 : Math.Pow(2, -halvings)), 3);
    }

    private static bool IsInMonth(DateOnly day, DateOnly other) => day.Month == other.Month && day.Year == other.Year;
}

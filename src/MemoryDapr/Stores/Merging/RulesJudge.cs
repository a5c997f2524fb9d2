using System.Text.RegularExpressions;
using MemoryDapr.Models;
using MemoryDapr.Types;

namespace MemoryDapr.Stores.Merging;

/// <summary>Decides by likeness of words. It merges only what is nearly the same: a wrong merge cannot be undone, a double can be merged later.</summary>
internal sealed partial class RulesJudge(ITextSimilarity similarity) : IMergeJudge
{
    /// <summary>From here on two summaries tell one story. Lower merges other evenings of the same people, higher keeps retellings apart.</summary>
    private const double SameStory = 0.8;

    /// <summary>From here on two sentences state one fact.</summary>
    private const double SameFact = 0.88;

    /// <summary>Which part of the new facts must be known for the whole to be known, whatever the summaries say.</summary>
    private const double SharedFacts = 0.7;

    public Task<IReadOnlyList<MergeDecision>> DecideAsync(IReadOnlyList<MergeQuestion> questions, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<MergeDecision>>([.. questions.Select(Decide)]);

    /// <summary>Whether two sentences state the same.</summary>
    public bool IsSameFact(string first, string second) =>
        IsSameFact((first, similarity.Of(first)), (second, similarity.Of(second)));

    private bool IsSameFact((string Text, Fingerprint Print) first, (string Text, Fingerprint Print) second) =>
        similarity.AreAlike(first.Print, second.Print, SameFact) && Negation().Count(first.Text) == Negation().Count(second.Text);

    private MergeDecision Decide(MergeQuestion question) =>
        question.Draft.Kind == MemoryKind.Fact ? DecideFact(question) : DecideEpisode(question);

    private MergeDecision DecideEpisode(MergeQuestion question)
    {
        MemoryItem? nearest = question.Candidates.MaxBy(candidate => similarity.Between(question.Draft.Text, candidate.Text));
        if (nearest is not null && similarity.Between(question.Draft.Text, nearest.Text) >= SameStory)
        {
            return new MergeDecision(MergeAction.Merge, nearest, "Its summary tells the same story.");
        }

        (string Text, Fingerprint Print)[] facts = question.Draft.Facts.Count < 2 ? [] : Read(question.Draft);
        MemoryItem? sharing = facts.Length == 0 ? null : question.Candidates.FirstOrDefault(candidate => Knows(candidate, facts));
        return sharing is null
            ? new MergeDecision(MergeAction.Create, null, "Nothing known tells the same story.")
            : new MergeDecision(MergeAction.Merge, sharing, "Most of its facts are known from that episode.");
    }

    private (string Text, Fingerprint Print)[] Read(MemoryItem item)
    {
        var facts = new (string, Fingerprint)[item.Facts.Count];
        for (int i = 0; i < facts.Length; i++)
        {
            facts[i] = (item.Facts[i].Text, similarity.Of(item.Facts[i].Text));
        }

        return facts;
    }

    /// <summary>Whether so many of the facts are known from the candidate. It ends when too many are not.</summary>
    private bool Knows(MemoryItem candidate, (string Text, Fingerprint Print)[] facts)
    {
        (string Text, Fingerprint Print)[] known = Read(candidate);
        int shared = 0;
        for (int i = 0; i < facts.Length && (double)(shared + facts.Length - i) / facts.Length >= SharedFacts; i++)
        {
            shared += HasSame(known, facts[i]) ? 1 : 0;
        }

        return (double)shared / facts.Length >= SharedFacts;
    }

    private bool HasSame((string Text, Fingerprint Print)[] known, (string Text, Fingerprint Print) fact)
    {
        foreach ((string Text, Fingerprint Print) other in known)
        {
            if (IsSameFact(fact, other))
            {
                return true;
            }
        }

        return false;
    }

    private MergeDecision DecideFact(MergeQuestion question)
    {
        MemoryItem? same = question.Candidates.FirstOrDefault(candidate => IsSameFact(question.Draft.Text, candidate.Text));
        if (same is not null)
        {
            return new MergeDecision(MergeAction.Merge, same, "It states the same.");
        }

        MemoryItem? contradicted = question.Candidates.FirstOrDefault(candidate =>
            candidate.ValidTo is null && Contradicts(question.Draft.Text, candidate.Text));
        return contradicted is null
            ? new MergeDecision(MergeAction.Create, null, "Nothing known states the same.")
            : new MergeDecision(MergeAction.Supersede, contradicted, "It says otherwise of what can be so only once at a time.");
    }

    /// <summary>The same subject in a relation that has one object at a time, with another object.</summary>
    private static bool Contradicts(string first, string second)
    {
        Match left = OneAtATime().Match(first);
        Match right = OneAtATime().Match(second);
        return left.Success
            && right.Success
            && Same("subject")
            && Same("relation")
            && !Same("object");

        bool Same(string group) => left.Groups[group].Value.Trim().Equals(right.Groups[group].Value.Trim(), StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex(
        @"^(?<subject>[\p{L} .'’-]{2,60}?)\s+(?:now |currently |still )?(?<relation>lives in|is living in|works (?:at|for|as)|is married to|is engaged to|(?<=['’]s (?:name|age|birthday|address|job|boss|favou?rite \w+) )is)\s+(?:now |currently )?(?<object>[^,;.]+)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000)]
    private static partial Regex OneAtATime();

    [GeneratedRegex(@"\b(?:not|never|no longer|no)\b|n['’]t\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Negation();
}

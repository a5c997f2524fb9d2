using MemoryDapr.Stores;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>The words of a question, told apart.</summary>
/// <param name="Speaker">The one speaker whom it names; <see cref="SpeakerNames.None"/> if nobody, or several.</param>
/// <param name="Content">What is searched for.</param>
/// <param name="Names">The words that are names of speakers.</param>
internal readonly record struct QuestionWords(int Speaker, IReadOnlyList<QueryTerm> Content, IReadOnlyList<QueryTerm> Names)
{
    public bool NamesSpeaker => Speaker != SpeakerNames.None;

    public static QuestionWords WithoutNames(IReadOnlyList<QueryTerm> terms) => new(SpeakerNames.None, terms, []);
}

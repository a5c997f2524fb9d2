using System.Collections.Frozen;
using System.Text;
using MemoryDapr.Stores;
using MemoryDapr.Stores.Analysis;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>Who speaks in a scope, and whom of them a question names.</summary>
internal sealed class SpeakerNames
{
    /// <summary>No speaker.</summary>
    public const int None = -1;

    /// <summary>What a role is called is a word like others: "user accounts" asks for no speaker.</summary>
    private static readonly FrozenSet<string> Roles =
        Enum.GetNames<TurnRole>().Select(role => role.ToLowerInvariant()).ToFrozenSet(StringComparer.Ordinal);

    private readonly NameTable _speakers = new();
    private readonly Dictionary<string, List<int>> _byWord = new(StringComparer.Ordinal);

    public long Bytes => 120 + _speakers.Bytes + (200L * _byWord.Count);

    /// <summary>Adds a folded name in UTF-8, or finds it.</summary>
    public int Add(ReadOnlySpan<byte> folded)
    {
        int known = _speakers.Count;
        int speaker = _speakers.Add(folded);
        if (speaker == known)
        {
            AddWords(Encoding.UTF8.GetString(folded), speaker);
        }

        return speaker;
    }

    /// <summary>
    /// Tells the words of a question apart: whom they name, and what is searched for. Speakers' names are out of the search: they are
    /// in too many turns, and of those that only mention them.
    /// </summary>
    public QuestionWords Split(IReadOnlyList<QueryTerm> terms)
    {
        // "Grace" is a name, "grace" is one only where nothing is capitalised.
        bool anyCapital = false;
        for (int i = 0; i < terms.Count; i++)
        {
            anyCapital |= terms[i].IsCapitalised;
        }

        List<QueryTerm> names = [];
        List<QueryTerm> content = new(terms.Count);
        for (int i = 0; i < terms.Count; i++)
        {
            bool isName = (terms[i].IsCapitalised || !anyCapital) && _byWord.ContainsKey(terms[i].Surface);
            (isName ? names : content).Add(terms[i]);
        }

        return names.Count == 0 ? QuestionWords.WithoutNames(terms) : new QuestionWords(SpeakerOf(names), content, names);
    }

    private int SpeakerOf(List<QueryTerm> names)
    {
        if (names.Count == 1)
        {
            return _byWord[names[0].Surface] is [var only] ? only : None;
        }

        HashSet<int> named = [.. _byWord[names[0].Surface]];
        foreach (QueryTerm name in names)
        {
            List<int> speakers = _byWord[name.Surface];
            if (named.Overlaps(speakers))
            {
                // "Anna Smith": both words together name one of the Smiths.
                named.IntersectWith(speakers);
            }
            else
            {
                named.UnionWith(speakers);
            }
        }

        return named.Count == 1 ? named.First() : None;
    }

    private void AddWords(string name, int speaker)
    {
        foreach (Word word in Roles.Contains(name) ? default : new WordEnumerator(name))
        {
            string part = name.Substring(word.Start, word.Length);
            if (!_byWord.TryGetValue(part, out List<int>? named))
            {
                _byWord.Add(part, named = []);
            }

            if (!named.Contains(speaker))
            {
                named.Add(speaker);
            }
        }
    }
}

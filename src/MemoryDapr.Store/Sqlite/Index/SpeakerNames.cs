using MemoryDapr.Stores;
using MemoryDapr.Stores.Analysis;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>Who speaks in a scope, and whom of them a question names.</summary>
internal sealed class SpeakerNames
{
    /// <summary>No speaker.</summary>
    public const int None = -1;

    private readonly Dictionary<string, int> _speakers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _byWord = new(StringComparer.Ordinal);

    public long Bytes => 300L * _speakers.Count;

    /// <summary>Adds a folded name, or finds it.</summary>
    public int Add(string folded)
    {
        if (!_speakers.TryGetValue(folded, out int speaker))
        {
            speaker = _speakers.Count;
            _speakers.Add(folded, speaker);
            foreach (Word word in new WordEnumerator(folded))
            {
                string part = folded.Substring(word.Start, word.Length);
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

        return speaker;
    }

    /// <summary>
    /// The one speaker whom these words name (none if they name nobody, or several), and the words that are no names. Speakers'
    /// names are out of the search: they are in too many turns, and of those that only mention them.
    /// </summary>
    public (int Speaker, List<QueryTerm> Content, List<QueryTerm> Names) Split(IReadOnlyList<QueryTerm> terms)
    {
        bool anyCapital = terms.Any(term => term.IsCapitalised);
        var content = new List<QueryTerm>(terms.Count);
        var names = new List<QueryTerm>();
        HashSet<int>? named = null;
        foreach (QueryTerm term in terms)
        {
            // "Grace" is a name, "grace" is one only where nothing is capitalised.
            if ((term.IsCapitalised || !anyCapital) && _byWord.TryGetValue(term.Surface, out List<int>? speakers))
            {
                names.Add(term);
                if (named is null)
                {
                    named = [.. speakers];
                }
                else if (named.Overlaps(speakers))
                {
                    // "Anna Smith": both words together name one of the Smiths.
                    named.IntersectWith(speakers);
                }
                else
                {
                    named.UnionWith(speakers);
                }
            }
            else
            {
                content.Add(term);
            }
        }

        return (named is { Count: 1 } ? named.First() : None, content, names);
    }
}

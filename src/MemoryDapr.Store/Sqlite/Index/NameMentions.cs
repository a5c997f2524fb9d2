using MemoryDapr.Stores;

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>Which items are about the one speaker whom a question names: those that have the name. Looked up for the few that may win.</summary>
internal sealed class NameMentions(ScopeIndex index, in QuestionWords words)
{
    private readonly TermPlace[] _names = words.NamesSpeaker ? PlacesOf(index, words.Names) : [];

    public bool Has(in IndexedItem item)
    {
        foreach (TermPlace name in _names)
        {
            if (index.Postings.HasAny(name, item.FirstChunk, item.FirstChunk + item.ChunkCount))
            {
                return true;
            }
        }

        return false;
    }

    private static TermPlace[] PlacesOf(ScopeIndex index, IReadOnlyList<QueryTerm> names)
    {
        var places = new TermPlace[names.Count];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = index.Postings.Find(TermHash.Of(names[i].Term));
        }

        return places;
    }
}

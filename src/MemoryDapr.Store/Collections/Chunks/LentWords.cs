using MemoryDapr.Recall.Ranking;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Collections.Chunks;

/// <summary>
/// What facts and episodes lend to the turns that they cite (<see cref="DistilledWords"/>): each of their terms stands in the context of a
/// turn's first chunk at least as often as it weighs there. Worked out from what cites the turn whenever the chunk is written, so that
/// nothing has to be taken back: what is not lent any more is not written again.
/// </summary>
internal sealed class LentWords
{
    /// <summary>What rests on more turns lends them nothing: spread over so many, its words weigh less than one repetition.</summary>
    private const int MostTurns = 2 * ContextText.OwnWeight;

    /// <summary>How many terms one turn takes, the weightiest: whatever cites it, its context stays of a size.</summary>
    private const int MostTerms = 500;

    private const int TurnsAtOnce = 250;

    private static readonly string[] Properties = [ChunkProperty.Item, ChunkProperty.Own, ChunkProperty.Sources];

    private readonly Dictionary<string, Dictionary<string, int>> _turns = new(StringComparer.Ordinal);

    /// <summary>Reads what is lent to turns once a batch is in.</summary>
    /// <param name="chunks">The chunks.</param>
    /// <param name="tenant">The scope's tenant.</param>
    /// <param name="turns">The turns' ids.</param>
    /// <param name="states">The items that the batch names: these count as they will be.</param>
    /// <param name="texts">Their words.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task<LentWords> ReadAsync(
        ICollection chunks,
        string tenant,
        IReadOnlyCollection<string> turns,
        IReadOnlyDictionary<string, ItemState> states,
        IReadOnlyDictionary<string, IReadOnlyList<ChunkText>> texts,
        CancellationToken cancellationToken)
    {
        var lent = new LentWords();
        foreach (string[] some in turns.Chunk(TurnsAtOnce))
        {
            IReadOnlyList<StoredObject> citing = await chunks.FindAsync(
                new ObjectQuery { Tenant = tenant, Where = Condition.OneOf(ChunkProperty.Sources, some), Properties = Properties, Limit = ObjectQuery.MaxLimit },
                cancellationToken);
            foreach (StoredObject chunk in citing.Where(chunk => !states.ContainsKey(chunk.Text(ChunkProperty.Item) ?? "")))
            {
                lent.Add(TurnsOf(chunk), chunk.Text(ChunkProperty.Own) ?? "");
            }
        }

        foreach (ItemState state in states.Values)
        {
            string[] cited = state.Item is null ? [] : TurnsOf(state.Item);
            foreach (ChunkText text in cited.Length == 0 ? [] : texts[state.Id])
            {
                lent.Add(cited, text.Own);
            }
        }

        return lent;
    }

    /// <summary>The ids of the turns that an item lends its words to.</summary>
    public static string[] TurnsOf(MemoryItem item)
    {
        TurnSource[] sources = item.Kind.IsDistilled() ? [.. item.Sources.Distinct()] : [];
        return sources.Length > MostTurns ? [] : [.. sources.Select(source => ItemId.ForTurn(item.Scope, source.SessionId, source.TurnId))];
    }

    /// <summary>The ids of the turns whose words a batch changes by what it writes or removes of what cites them.</summary>
    public static IReadOnlySet<string> ChangedBy(IEnumerable<ItemState> states, IReadOnlyDictionary<string, IReadOnlyList<ChunkText>> texts)
    {
        var changed = new HashSet<string>(StringComparer.Ordinal);
        foreach (ItemState state in states)
        {
            string[] before = [.. state.Stored.SelectMany(TurnsOf).Distinct(StringComparer.Ordinal)];
            string[] after = state.Item is null ? [] : TurnsOf(state.Item);
            bool isSame = before.ToHashSet(StringComparer.Ordinal).SetEquals(after)
                && state.Stored.Select(chunk => chunk.Text(ChunkProperty.Own) ?? "").SequenceEqual(texts[state.Id].Select(text => text.Own), StringComparer.Ordinal);
            if (!isSame)
            {
                changed.UnionWith(before);
                changed.UnionWith(after);
            }
        }

        return changed;
    }

    /// <summary>A context of a turn's first chunk with what is lent to the turn.</summary>
    public ContextText AddTo(ContextText context, string turn) =>
        _turns.TryGetValue(turn, out Dictionary<string, int>? terms)
            ? context.WithAtLeast([.. terms
                .OrderByDescending(term => term.Value)
                .ThenBy(term => term.Key, StringComparer.Ordinal)
                .Take(MostTerms)])
            : context;

    // Turns' ids stand among the hashes of what the item rests on.
    private static IEnumerable<string> TurnsOf(StoredObject chunk) =>
        (chunk.Text(ChunkProperty.Sources) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(ItemId.IsWellFormed);

    private void Add(IEnumerable<string> turns, string own)
    {
        string[] cited = [.. turns];
        int times = (int)MathF.Round(ContextText.OwnWeight * DistilledWords.Weight(cited.Length), MidpointRounding.AwayFromZero);
        foreach (string turn in cited)
        {
            if (!_turns.TryGetValue(turn, out Dictionary<string, int>? terms))
            {
                _turns.Add(turn, terms = new Dictionary<string, int>(StringComparer.Ordinal));
            }

            foreach (string term in own.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                terms[term] = Math.Max(times, terms.GetValueOrDefault(term));
            }
        }
    }
}

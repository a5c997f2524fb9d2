using MemoryDapr.Types;

namespace MemoryDapr.Stores.Merging;

/// <summary>What one round of decisions would change.</summary>
internal sealed class ConsolidationAttempt(string pipelineId, ItemMerge merge, RulesJudge rules, DateTimeOffset now)
{
    private readonly Dictionary<string, MemoryItem> _items = new(StringComparer.Ordinal);
    private readonly List<HistoryEntry> _history = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _created = new(StringComparer.Ordinal);
    private readonly HashSet<string> _merged = new(StringComparer.Ordinal);
    private int _dropped;
    private int _fallback;

    public string PipelineId { get; } = pipelineId;

    /// <summary>The items as they would be stored.</summary>
    public IReadOnlyList<MemoryItem> Items => [.. _items.Values];

    /// <summary>Notes what the decisions take into account.</summary>
    public void See(IEnumerable<MemoryItem> items) => _seen.UnionWith(items.Select(item => item.Id));

    /// <summary>Drafts of one pipeline that state the same become one before anything is compared.</summary>
    public IReadOnlyList<MemoryItem> JoinAlike(IEnumerable<MemoryItem> drafts)
    {
        var joined = new List<MemoryItem>();
        foreach (MemoryItem draft in drafts)
        {
            int same = joined.FindIndex(other => other.Kind == draft.Kind && rules.IsSameFact(other.Text, draft.Text) && ItemMerge.Fits(other, draft));
            if (same < 0)
            {
                joined.Add(draft);
            }
            else
            {
                joined[same] = merge.Merge(joined[same], draft, now) with { Salience = joined[same].Salience };
                _dropped++;
            }
        }

        return joined;
    }

    /// <summary>Carries out a decision.</summary>
    /// <param name="draft">What is new.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="isDone">Whether it was carried out and stored before.</param>
    public void Carry(MemoryItem draft, MergeDecision decision, bool isDone)
    {
        _fallback += decision.IsFallback ? 1 : 0;
        MemoryItem? target = decision.Target is null ? null : _items.GetValueOrDefault(decision.Target.Id) ?? decision.Target;
        switch (decision.Action)
        {
            case MergeAction.Merge or MergeAction.Drop when isDone:
                _merged.Add(target!.Id);
                break;
            case MergeAction.Merge when ItemMerge.Fits(target!, draft):
                Change(merge.Merge(target!, draft, now));
                _merged.Add(target!.Id);
                Note(target.Id, "merged", decision.Reason, draft);
                break;
            case MergeAction.Drop:
                // Its turns are evidence all the same: who forgets the known item's turns must still find these.
                Change(target! with { Sources = [.. target!.Sources.Union(draft.Sources).Take(ItemMerge.MaxSources)], UpdatedAt = now });
                Note(target!.Id, "merged", decision.Reason, draft);
                _dropped++;
                break;
            case MergeAction.Supersede when !isDone:
                Supersede(draft, target!, decision.Reason);
                break;
            default:
                Create(draft, decision.Reason);
                break;
        }
    }

    /// <summary>The round as a batch for the scope's writer.</summary>
    public DerivedBatch ToBatch(Scope scope, IReadOnlyList<HistoryEntry> promoted) => new(
        scope,
        PipelineId,
        Items,
        [.. _history, .. promoted],
        [.. _seen],
        [.. promoted.Select(step => step.ItemId)]);

    /// <summary>What became of it once it is stored.</summary>
    public Consolidated ToResult(IReadOnlyList<string> storedBefore, DerivedOutcome outcome)
    {
        HashSet<string> lost = [.. outcome.Dropped];
        return new Consolidated(
            [.. storedBefore.Concat(_created).Where(id => !lost.Contains(id))],
            [.. _merged.Where(id => !lost.Contains(id))],
            _dropped + lost.Count,
            _fallback);
    }

    private void Create(MemoryItem draft, string reason)
    {
        _items[draft.Id] = draft;
        _created.Add(draft.Id);
        Note(draft.Id, "created", reason, draft);
    }

    /// <summary>Nothing is deleted: the older of the two held until the newer began.</summary>
    private void Supersede(MemoryItem draft, MemoryItem known, string reason)
    {
        if (draft.At >= known.At)
        {
            Change(known with { ValidTo = draft.ValidFrom ?? draft.At, UpdatedAt = now });
            Note(known.Id, "corrected", reason, draft);
            Create(draft, reason);
        }
        else
        {
            Create(draft with { ValidTo = known.ValidFrom ?? known.At }, reason);
        }
    }

    /// <summary>One batch takes an item one version on, however many drafts change it.</summary>
    private void Change(MemoryItem changed)
    {
        bool isFirst = !_items.ContainsKey(changed.Id);
        _items[changed.Id] = isFirst ? changed with { Version = changed.Version + 1 } : changed;
    }

    private void Note(string itemId, string action, string reason, MemoryItem draft) =>
        _history.Add(new HistoryEntry(itemId, now, action, reason, PipelineId, [draft.Id, .. draft.DerivedFrom], draft.Sources, null));
}

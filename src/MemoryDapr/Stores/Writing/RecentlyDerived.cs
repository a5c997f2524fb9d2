namespace MemoryDapr.Stores.Writing;

/// <summary>
/// The ids of what pipelines stored last in a scope, in the memory of its one writer: who decided a moment ago is compared with what came
/// since, and the scope, which may be very large, need not be searched a second time.
/// </summary>
/// <param name="life">This writer's life; revisions of another are unknown here.</param>
internal sealed class RecentlyDerived(string life)
{
    /// <summary>Many times what is stored while a pipeline decides; some kilobytes of a scope at work.</summary>
    private const int Capacity = 128;

    private readonly Queue<string> _ids = new();
    private long _number;

    /// <summary>Where it stands.</summary>
    public DerivedRevision Revision => new(life, _number);

    /// <summary>Notes what is about to be stored: what a failed write leaves is looked at all the same.</summary>
    public void Note(IEnumerable<string> ids)
    {
        foreach (string id in ids)
        {
            _ids.Enqueue(id);
            _number++;
            if (_ids.Count > Capacity)
            {
                _ids.Dequeue();
            }
        }
    }

    /// <summary>Something else changes items: what was decided before has to look at the scope again.</summary>
    public void Forget()
    {
        _ids.Clear();
        _number++;
    }

    /// <summary>What was stored since then; null if that is not known.</summary>
    public IReadOnlyList<string>? Since(DerivedRevision? revision)
    {
        if (revision is null || revision.Life != life || revision.Number > _number || _number - revision.Number > _ids.Count)
        {
            return null;
        }

        return [.. _ids.Skip(_ids.Count - (int)(_number - revision.Number)).Distinct()];
    }
}

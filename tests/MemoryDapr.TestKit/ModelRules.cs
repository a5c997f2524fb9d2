using System.Globalization;

namespace MemoryDapr.TestKit;

/// <summary>The rules in force, the newest first; a call that none is for gets a sensible answer.</summary>
internal sealed class ModelRules
{
    private readonly SensibleScript _sensible = new();
    private readonly List<Entry> _rules = [];
    private readonly Lock _lock = new();
    private int _last;

    public string Add(ModelRule rule)
    {
        lock (_lock)
        {
            string id = (++_last).ToString(CultureInfo.InvariantCulture);
            _rules.Insert(0, new Entry(id, rule));
            return id;
        }
    }

    /// <summary>Takes the rule away, and lets go of the answers that it held back.</summary>
    public void Remove(string id)
    {
        lock (_lock)
        {
            Entry? entry = _rules.Find(entry => entry.Id == id);
            if (entry is not null)
            {
                _rules.Remove(entry);
                entry.Removed.SetResult();
            }
        }
    }

    /// <summary>How many calls a rule in force was for so far.</summary>
    public int CountTaken(string id)
    {
        lock (_lock)
        {
            return _rules.Find(entry => entry.Id == id)?.Taken ?? 0;
        }
    }

    public ScriptedReply Answer(ScriptedCall call)
    {
        ScriptedReply sensible = _sensible.Answer(call);
        if (Take(call) is not { } entry)
        {
            return sensible;
        }

        ModelRule rule = entry.Rule;
        ScriptedReply reply = rule.Status is { } status ? ScriptedReply.Error(status) : rule.Content is { } content ? ScriptedReply.Content(content) : sensible;
        reply = rule.DelayMs == 0 ? reply : ScriptedReply.After(() => Task.Delay(TimeSpan.FromMilliseconds(rule.DelayMs), TimeProvider.System), reply);
        return rule.Held ? ScriptedReply.After(() => entry.Removed.Task, reply) : reply;
    }

    private Entry? Take(ScriptedCall call)
    {
        lock (_lock)
        {
            Entry? entry = _rules.Find(entry => entry.Taken < (entry.Rule.Times ?? int.MaxValue) && entry.Rule.IsFor(call));
            if (entry is not null)
            {
                entry.Taken++;
            }

            return entry;
        }
    }

    private sealed class Entry(string id, ModelRule rule)
    {
        public string Id { get; } = id;

        public ModelRule Rule { get; } = rule;

        public int Taken { get; set; }

        public TaskCompletionSource Removed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

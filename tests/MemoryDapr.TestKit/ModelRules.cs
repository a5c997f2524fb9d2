using System.Globalization;

namespace MemoryDapr.TestKit;

/// <summary>The rules in force, the newest first; a call that none is for gets a sensible answer.</summary>
internal sealed class ModelRules
{
    private readonly SensibleScript _sensible = new();
    private readonly List<(string Id, ModelRule Rule, int Left)> _rules = [];
    private readonly Lock _lock = new();
    private int _last;

    public string Add(ModelRule rule)
    {
        lock (_lock)
        {
            string id = (++_last).ToString(CultureInfo.InvariantCulture);
            _rules.Insert(0, (id, rule, rule.Times ?? int.MaxValue));
            return id;
        }
    }

    public void Remove(string id)
    {
        lock (_lock)
        {
            _rules.RemoveAll(entry => entry.Id == id);
        }
    }

    public ScriptedReply Answer(ScriptedCall call)
    {
        ScriptedReply sensible = _sensible.Answer(call);
        if (Take(call) is not { } rule)
        {
            return sensible;
        }

        ScriptedReply reply = rule.Status is { } status ? ScriptedReply.Error(status) : rule.Content is { } content ? ScriptedReply.Content(content) : sensible;
        return rule.DelayMs == 0 ? reply : ScriptedReply.After(() => Task.Delay(TimeSpan.FromMilliseconds(rule.DelayMs), TimeProvider.System), reply);
    }

    private ModelRule? Take(ScriptedCall call)
    {
        lock (_lock)
        {
            int index = _rules.FindIndex(entry => entry.Left > 0 && entry.Rule.IsFor(call));
            if (index < 0)
            {
                return null;
            }

            _rules[index] = _rules[index] with { Left = _rules[index].Left - 1 };
            return _rules[index].Rule;
        }
    }
}

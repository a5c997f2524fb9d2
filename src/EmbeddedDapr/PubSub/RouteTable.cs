using System.Text.Json;
using System.Text.RegularExpressions;
using EmbeddedDapr.Resources;

namespace EmbeddedDapr.PubSub;

/// <summary>Which route of a subscription takes an event: the first rule that matches, else the default, else none.</summary>
/// <remarks>Of daprd's expressions it knows the equality of a top-level attribute; another one stops the start instead of misrouting.</remarks>
internal sealed partial class RouteTable
{
    private readonly (string Attribute, string Value, string Path)[] _rules;
    private readonly string? _default;

    public RouteTable(Subscription subscription)
    {
        _rules = [.. subscription.Rules.Select(rule => Parse(subscription, rule))];
        _default = subscription.DefaultPath;
    }

    public string? Find(JsonElement envelope)
    {
        foreach ((string attribute, string value, string path) in _rules)
        {
            if (envelope.TryGetProperty(attribute, out JsonElement actual)
                && actual.ValueKind == JsonValueKind.String
                && actual.ValueEquals(value))
            {
                return path;
            }
        }

        return _default;
    }

    private static (string Attribute, string Value, string Path) Parse(Subscription subscription, SubscriptionRule rule)
    {
        // A rule without an expression matches everything, and so is a default in the midst of rules: nothing here declares one.
        Match match = Equality().Match(rule.Match);
        return match.Success
            ? (match.Groups["attribute"].Value, match.Groups["value"].Value, rule.Path)
            : throw new InvalidOperationException(
                $"Subscription '{subscription.Name}': the match '{rule.Match}' is not of the form event.<attribute> == \"<value>\".");
    }

    [GeneratedRegex("""^\s*event\.(?<attribute>[a-z_][a-z0-9_]*)\s*==\s*"(?<value>[^"\\]*)"\s*$""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Equality();
}

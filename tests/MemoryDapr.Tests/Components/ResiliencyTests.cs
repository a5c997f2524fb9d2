using System.Globalization;
using System.Text.RegularExpressions;
using MemoryDapr.Stores;
using MemoryDapr.Types;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Components;

/// <summary>The policies' figures add up to what the comments say, and to policies that work.</summary>
public partial class ResiliencyTests
{
    private const double FirstInterval = 0.5;
    private const double Growth = 1.5;
    private const double Jitter = 1.5;

    private static readonly ResourceFile File = ResourceFile.Read("components/resiliency.yaml");
    private static readonly Node Policies = File.Root["spec"]["policies"];
    private static readonly Node Targets = File.Root["spec"]["targets"];

    public static TheoryData<string> EveryTarget => [.. All().Select(target => target.Name)];

    [Fact]
    public void Targets_Always_AreAppsAndComponentsThatExist()
    {
        string[] endpoints = [.. ResourceFile.ReadFolder("components").Where(file => file.Kind == "HTTPEndpoint").Select(file => file.Name)];
        string[] components = [.. ResourceFile.ReadFolder("components/redis").Select(file => file.Name)];

        Targets.Members.Select(member => member.Key).ShouldBe(["apps", "components"]);
        Targets["apps"].Members.Select(member => member.Key).ShouldBe(["memory-api", WorkerRoutes.AppId, StoreRoutes.AppId, .. endpoints], ignoreOrder: true);
        Targets["components"].Members.Select(member => member.Key).ShouldBe(components, ignoreOrder: true);
    }

    [Fact]
    public void Policies_Always_HaveNamesOfTheirOwnAndAreUsed()
    {
        foreach ((string kind, string reference) in new[] { ("timeouts", "timeout"), ("retries", "retry"), ("circuitBreakers", "circuitBreaker") })
        {
            string[] named = [.. Policies[kind].Members.Select(member => member.Key)];
            named.ShouldNotContain(name => name.StartsWith("Default", StringComparison.OrdinalIgnoreCase) || name.StartsWith("DaprBuiltIn", StringComparison.OrdinalIgnoreCase));
            All().Select(target => target.Policy[reference].Text).Where(name => name.Length > 0).Distinct().ShouldBe(named, ignoreOrder: true, kind);
        }
    }

    [Fact]
    public void Retries_OfEveryCall_MatchFaultsAlone()
    {
        foreach ((string name, Node policy) in All().Where(target => target.Policy["retry"].Exists && !target.Name.EndsWith("inbound", StringComparison.Ordinal)))
        {
            Policies["retries"][policy["retry"].Text]["matching"]["httpStatusCodes"].Text.ShouldBe("408,429,500,502-504", name);
        }
    }

    [Fact]
    public void Retries_Always_AreBounded() =>
        Policies["retries"].Members.ShouldAllBe(retry => Number(retry.Value["maxRetries"]) >= 1);

    [Theory]
    [MemberData(nameof(EveryTarget))]
    public void Wait_OfATarget_IsWhatItsCommentSays(string target) => Wait(Find(target)).ShouldBe(Said(target, WaitForm()), 0.051);

    [Theory]
    [MemberData(nameof(EveryTarget))]
    public void Breaker_OfATarget_OpensBeforeItsCountsAreCleared(string target)
    {
        Node policy = Find(target);
        if (!policy["circuitBreaker"].Exists)
        {
            CommentAbove(target).ShouldContain("o breaker");
            return;
        }

        Node breaker = Policies["circuitBreakers"][policy["circuitBreaker"].Text];
        double trip = double.Parse(TripForm().Match(breaker["trip"].Text).Groups[1].Value, CultureInfo.InvariantCulture);
        double longestInterval = Intervals(policy).DefaultIfEmpty(0).Max();
        double opensAfter = trip * (Seconds(Policies["timeouts"][policy["timeout"].Text]) + longestInterval);

        opensAfter.ShouldBe(Said(target, OpensForm()), 0.75);
        Seconds(breaker["interval"]).ShouldBeGreaterThan(2 * opensAfter);
    }

    [Fact]
    public void Store_OnTheRecallPath_HasAShortTimeoutAndOneRetry()
    {
        Node policy = Find(StoreRoutes.AppId);

        Seconds(Policies["timeouts"][policy["timeout"].Text]).ShouldBeLessThanOrEqualTo(2);
        Number(Policies["retries"][policy["retry"].Text]["maxRetries"]).ShouldBe(1);
    }

    [Fact]
    public void Gateway_ToTheApi_NeitherRetriesNorOpens()
    {
        Node policy = Find("memory-api");

        policy["timeout"].Exists.ShouldBeTrue();
        policy["retry"].Exists.ShouldBeFalse();
        policy["circuitBreaker"].Exists.ShouldBeFalse();
    }

    [Fact]
    public void Scopes_Always_AreTheAppsThatCallAndThoseThatSubscribe()
    {
        string[] subscribers = [.. new[] { "components", "src/MemoryDapr.Sample/components" }
            .SelectMany(ResourceFile.ReadFolder)
            .Where(file => file.Kind == "Subscription")
            .SelectMany(file => file.Scopes)];

        subscribers.ShouldContain("memory-sample");
        File.Scopes.ShouldBe(new[] { "memory-gateway", "memory-api", WorkerRoutes.AppId }.Union(subscribers), ignoreOrder: true);
    }

    /// <summary>What a caller waits at most for a target, in seconds.</summary>
    internal static double Wait(Node policy) =>
        Seconds(Policies["timeouts"][policy["timeout"].Text]) * (1 + Intervals(policy).Count()) + Intervals(policy).Sum();

    internal static Node Find(string target) => All().Single(entry => entry.Name == target).Policy;

    /// <summary>A duration as Dapr writes it, in seconds.</summary>
    internal static double Seconds(Node duration)
    {
        Match match = DurationForm().Match(duration.Text);
        match.Success.ShouldBeTrue(duration.Text);
        double unit = match.Groups[2].Value switch { "ms" => 0.001, "s" => 1, "m" => 60, _ => 3600 };
        return double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * unit;
    }

    private static IEnumerable<(string Name, Node Policy)> All() =>
    [
        .. Targets["apps"].Members,
        .. Targets["components"].Members.SelectMany(component => component.Value.Members.Select(side => ($"{component.Key} {side.Key}", side.Value))),
    ];

    private static IEnumerable<double> Intervals(Node policy)
    {
        Node retry = Policies["retries"][policy["retry"].Text];
        if (!policy["retry"].Exists)
        {
            yield break;
        }

        double interval = FirstInterval;
        for (int i = 0; i < Number(retry["maxRetries"]); i++)
        {
            yield return retry["policy"].Text == "constant" ? Seconds(retry["duration"]) : Math.Min(interval, Seconds(retry["maxInterval"])) * Jitter;
            interval *= Growth;
        }
    }

    private static double Said(string target, Regex form)
    {
        Match match = form.Match(CommentAbove(target));
        match.Success.ShouldBeTrue($"{target} has no comment that says so");
        return double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    // The policy begins a line below its key; comments stand directly above the key.
    private static string CommentAbove(string target)
    {
        int key = (int)Find(target).Start.Line - 2;
        return string.Join(' ', File.Lines.Take(key).Reverse().TakeWhile(line => line.TrimStart().StartsWith('#')).Reverse().Select(line => line.Trim()));
    }

    private static int Number(Node node) => int.Parse(node.Text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Wait:[^=]*= ([\d.]+) s\.")]
    private static partial Regex WaitForm();

    [GeneratedRegex(@"Opens after:[^=]*= ([\d.]+) s\.")]
    private static partial Regex OpensForm();

    [GeneratedRegex(@"^consecutiveFailures >= (\d+)$")]
    private static partial Regex TripForm();

    [GeneratedRegex(@"^([\d.]+)(ms|s|m|h)$")]
    private static partial Regex DurationForm();
}

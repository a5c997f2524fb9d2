using System.Runtime.CompilerServices;
using EmbeddedDapr.Resources;
using EmbeddedDapr.Resources.Yaml;
using Shouldly;
using Xunit;

namespace EmbeddedDapr.Tests.Resources;

public sealed class ResourceReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("resources-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_SharedComponents_AllAreUnderstood()
    {
        ResourceSet resources = ResourceReader.Read(SharedComponents(), name => name == "OPENAI_AUTHORIZATION" ? "Bearer key" : null);

        resources.HttpEndpoints.Single().Headers["Authorization"].ShouldBe("Bearer key");
        resources.SubscriptionsOf("memory-worker").Select(subscription => (subscription.Topic, subscription.DefaultPath)).ShouldBe(
            [("memory.citations.v1", "/events/citations"), ("memory.turns.v1", "/events/turns")]);
        resources.SubscriptionsOf("memory-api").ShouldBeEmpty();
        resources.Subscriptions.Single(subscription => subscription.Bulk is not null).Bulk.ShouldBe(new BulkSubscribe(50, TimeSpan.FromSeconds(1)));
        resources.FindComponent("middleware.http.ratelimit", "memory-gateway")!.PositiveNumber("maxRequestsPerSecond", 100).ShouldBe(50);
        resources.FindComponent("middleware.http.ratelimit", "memory-api").ShouldBeNull();
        WorkflowLimits limits = resources.WorkflowLimitsOf("memory-worker");
        limits.Workflows.ShouldBe(32);
        limits.Activities.ShouldBe(16);
        limits.ByActivity.ShouldBe([new("ExtractActivity", 4)]);
    }

    [Theory]
    [InlineData("{}", 100, 100)]
    [InlineData("{maxConcurrentWorkflowInvocations: 0, maxConcurrentActivityInvocations: -1}", 100, 100)]
    [InlineData("{maxConcurrentWorkflowInvocations: 7, maxConcurrentActivityInvocations: 1000}", 7, 100)]
    public void Read_Configuration_LimitsWorkflowsUpToTheSdksOwn(string workflow, int workflows, int activities)
    {
        Write("config/app.yaml", Configuration("app", workflow));

        ResourceSet resources = ResourceReader.Read(_folder, _ => null);

        WorkflowLimits limits = resources.WorkflowLimitsOf("app");
        (limits.Workflows, limits.Activities).ShouldBe((workflows, activities));
        resources.WorkflowLimitsOf("other").ShouldBe(WorkflowLimits.None);
    }

    [Theory]
    [InlineData("{activityConcurrencyLimits: [{name: One, maxConcurrent: 0}]}")]
    [InlineData("{activityConcurrencyLimits: [{maxConcurrent: 1}]}")]
    [InlineData("{activityConcurrencyLimits: [{name: One, maxConcurrent: 1}, {name: One, maxConcurrent: 2}]}")]
    public void Read_ConfigurationWithoutAUsableLimit_IsAFault(string workflow)
    {
        Write("config/app.yaml", Configuration("app", workflow));

        Should.Throw<InvalidResourcesException>(() => ResourceReader.Read(_folder, _ => null)).Message.ShouldContain("app.yaml");
    }

    [Fact]
    public void Read_ComponentAmongConfigurations_IsAFault()
    {
        Write("config/b.yaml", Component("b", "pubsub.redis"));

        Should.Throw<InvalidResourcesException>(() => ResourceReader.Read(_folder, _ => null)).Message.ShouldContain("b.yaml");
    }

    [Fact]
    public void Read_SharedResiliency_EachIntervalIsOverTripTimesTimeoutAndBackoff()
    {
        Resiliency resiliency = ResourceReader.Read(SharedComponents(), _ => null).Resiliencies.Single();
        IEnumerable<TargetPolicy> targets =
            [.. resiliency.Apps.Values, .. resiliency.Components.Values.SelectMany(component => new[] { component.Outbound, component.Inbound })];

        foreach (TargetPolicy target in targets.Where(target => target.Breaker is not null))
        {
            TimeSpan backoff = TimeSpan.FromSeconds(1.2);
            target.Breaker!.Interval.ShouldBeGreaterThan(2 * target.Breaker.Trip.Bound * (target.Timeout!.Value + backoff));
        }

        resiliency.Apps["memory-api"].ShouldBe(new TargetPolicy(TimeSpan.FromSeconds(60), null, null));
        resiliency.Apps["memory-store"].Retry!.MaxRetries.ShouldBe(1);
        resiliency.Components["memory-pubsub"].Inbound.Retry!.MaxRetries.ShouldBe(5);
    }

    [Fact]
    public void Read_SeveralFaults_AreReportedTogetherWithTheirFiles()
    {
        Write("a.yaml", "apiVersion: dapr.io/v1alpha1\nkind: Surprise\nmetadata: {name: x}\n");
        Write("b.yaml", Component("b", "pubsub.redis") + "---\n" + Component("c", "pubsub.redis"));
        Write("c.yaml", Component("d", "bindings.cron"));
        Write("d.yaml", "kind: [");
        Write("e.yaml", Component("e", "pubsub.redis") + "scope: [typo]\n");
        Write("f.yaml", Retry("trip: 'requests > 3 && totalFailures > 2'"));
        Directory.CreateDirectory(Path.Combine(_folder, "redis"));
        Write("redis/ignored.yaml", "kind: Surprise");

        InvalidResourcesException failure = Should.Throw<InvalidResourcesException>(() => ResourceReader.Read(_folder, _ => null));

        failure.Errors.Count.ShouldBe(6);
        foreach (string file in (string[])["a.yaml", "b.yaml", "c.yaml", "d.yaml", "e.yaml", "f.yaml"])
        {
            failure.Message.ShouldContain(file);
        }
    }

    [Fact]
    public void Read_SecretWithoutDeclaredStore_IsAFault()
    {
        Write("e.yaml", """
            apiVersion: dapr.io/v1alpha1
            kind: HTTPEndpoint
            metadata: {name: openai}
            spec:
              baseUrl: http://127.0.0.1
              headers: [{name: Authorization, secretKeyRef: {name: KEY, key: KEY}}]
            auth: {secretStore: nowhere}
            """);

        Should.Throw<InvalidResourcesException>(() => ResourceReader.Read(_folder, _ => "x")).Message.ShouldContain("auth.secretStore");
    }

    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("1m30s", 90_000)]
    [InlineData("1.5s", 1_500)]
    public void Parse_Duration_IsRead(string text, int milliseconds) =>
        GoDuration.Parse(text).ShouldBe(TimeSpan.FromMilliseconds(milliseconds));

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("5 s")]
    [InlineData("-5s")]
    public void Parse_NoDuration_IsRefused(string text) => Should.Throw<FormatException>(() => GoDuration.Parse(text));

    [Theory]
    [InlineData("consecutiveFailures >= 3", 3, true)]
    [InlineData("consecutiveFailures > 3", 3, false)]
    [InlineData("consecutiveFailures > 3", 4, true)]
    public void Holds_TripRule_ComparesAsWritten(string rule, int failures, bool expected) =>
        TripRule.Parse(rule).Holds(new BreakerCounts(9, 0, 9, 0, failures)).ShouldBe(expected);

    [Fact]
    public void Contains_StatusRanges_ListsAndRanges()
    {
        StatusRanges ranges = StatusRanges.Parse("408,502-504");

        new[] { 408, 502, 503, 504 }.ShouldAllBe(status => ranges.Contains(status));
        new[] { 400, 409, 501, 505 }.ShouldAllBe(status => !ranges.Contains(status));
    }

    private static string SharedComponents([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../../../components"));

    private static string Component(string name, string type) =>
        $"apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata: {{name: {name}}}\nspec: {{type: {type}, version: v1}}\n";

    private static string Retry(string breaker) =>
        $"apiVersion: dapr.io/v1alpha1\nkind: Resiliency\nmetadata: {{name: r}}\nspec:\n  policies:\n    circuitBreakers:\n      b: {{{breaker}}}\n";

    private static string Configuration(string name, string workflow) =>
        $"apiVersion: dapr.io/v1alpha1\nkind: Configuration\nmetadata: {{name: {name}}}\nspec:\n  metrics: {{enabled: true}}\n  workflow: {workflow}\n";

    private void Write(string file, string text)
    {
        string path = Path.Combine(_folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}

using System.Globalization;
using MemoryDapr.Types;
using Shouldly;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace MemoryDapr.Tests.Components;

/// <summary>The broker's settings fit the subscriptions and the policies that stand in other files.</summary>
public class RedisPubSubTests
{
    private static readonly ResourceFile Broker = ResourceFile.Read("components/redis/memory-pubsub.yaml");

    private static IEnumerable<Node> Subscriptions =>
        ResourceFile.ReadFolder("components").Where(file => file.Kind == "Subscription").Select(file => file.Root["spec"]);

    [Fact]
    public void Concurrency_Always_HoldsAWholeBulk()
    {
        int[] bulks = [.. Subscriptions.Where(spec => spec["bulkSubscribe"].Exists).Select(spec => Number(spec["bulkSubscribe"]["maxMessagesCount"].Text))];

        bulks.ShouldBe([50]);
        Number(Broker.Setting("concurrency")).ShouldBeGreaterThanOrEqualTo(bulks.Max());
        Number(Broker.Setting("queueDepth")).ShouldBeGreaterThanOrEqualTo(bulks.Max());
    }

    [Fact]
    public void ProcessingTimeout_Always_OutlastsTheInboundRetries() =>
        ResiliencyTests.Seconds(new Node(new YamlScalarNode(Broker.Setting("processingTimeout"))))
            .ShouldBeGreaterThan(ResiliencyTests.Wait(ResiliencyTests.Find("memory-pubsub inbound")));

    [Fact]
    public void RedeliverInterval_Always_IsANumber() => Number(Broker.Setting("redeliverInterval")).ShouldBePositive();

    [Fact]
    public void Topics_OfTheService_AreAllClosedToAppsThatAreNotListed()
    {
        string[] dead = [.. Subscriptions.Select(spec => spec["deadLetterTopic"].Text)];

        Split(Broker.Setting("protectedTopics")).ShouldBe(
            [
                MemoryEvents.Turns, MemoryEvents.Citations, MemoryEvents.EpisodeCreated, MemoryEvents.FactPromoted, MemoryEvents.SessionExpired,
                MemoryEvents.Erased, .. dead,
            ],
            ignoreOrder: true);
    }

    [Fact]
    public void Scopes_OfTheWorker_CoverWhatItPublishesAndHears()
    {
        string[] dead = [.. Subscriptions.Select(spec => spec["deadLetterTopic"].Text)];

        TopicsOf("publishingScopes", WorkerRoutes.AppId).ShouldBe(
            [MemoryEvents.Citations, MemoryEvents.EpisodeCreated, MemoryEvents.FactPromoted, MemoryEvents.SessionExpired, MemoryEvents.Erased, .. dead],
            ignoreOrder: true);
        TopicsOf("subscriptionScopes", WorkerRoutes.AppId).ShouldBe(Subscriptions.Select(spec => spec["topic"].Text), ignoreOrder: true);
    }

    [Theory]
    [InlineData("publishingScopes")]
    [InlineData("subscriptionScopes")]
    public void Scopes_OfTopics_NameAppsAndTopicsThatExist(string scopes)
    {
        string[] topics = Split(Broker.Setting("protectedTopics"));
        foreach (string entry in Broker.Setting(scopes).Split(';'))
        {
            string app = entry.Split('=')[0].Trim();
            Broker.Scopes.ShouldContain(app);
            TopicsOf(scopes, app).ShouldBeSubsetOf(topics);
        }
    }

    private static string[] TopicsOf(string scopes, string app) =>
        Split(Broker.Setting(scopes).Split(';').Select(entry => entry.Split('=')).Single(entry => entry[0].Trim() == app)[1]);

    private static string[] Split(string list) => list.Split(',', StringSplitOptions.TrimEntries);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

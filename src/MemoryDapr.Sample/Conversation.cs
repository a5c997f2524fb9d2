using Dapr.Client;

namespace MemoryDapr.Sample;

/// <summary>A short conversation, published as turns once the sidecar can publish; and the answers that later cite its episodes.</summary>
internal sealed partial class Conversation(DaprClient dapr, TimeProvider time, ILogger<Conversation> logger) : BackgroundService
{
    private const string PubSub = "memory-pubsub";
    private const string Tenant = "default";
    private const string User = "anna";

    // An episode's salience rises from 0.5 beyond the threshold of 0.8 with five answers that used it.
    private const int Answers = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static readonly (string Role, string Content)[] Said =
    [
        ("user", "I moved from Bergen to Lisbon in March, for a job at the aquarium."),
        ("assistant", "How do you like Lisbon so far?"),
        ("user", "I love it. I look after the sea otters, and I learn Portuguese on Tuesdays."),
        ("assistant", "Sea otters! What are they called?"),
        ("user", "Ondina and Tejo. My sister Ingrid visits them with me in June."),
    ];

    /// <summary>Publishes that five answers used an episode.</summary>
    public Task CiteAsync(EpisodeCreated episode, CancellationToken cancellationToken) => dapr.PublishEventAsync(
        PubSub,
        "memory.citations.v1",
        new CitationsData(
            episode.Tenant,
            [.. Enumerable.Range(1, Answers).Select(i => new CitationData(episode.EpisodeId, $"sample-{episode.EpisodeId}-{i}", "used", time.GetUtcNow()))]),
        cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await dapr.CheckOutboundHealthAsync(stoppingToken))
        {
            await Task.Delay(Pause, time, stoppingToken);
        }

        string session = $"sample-{time.GetUtcNow():yyyyMMddHHmmss}";
        TurnData[] turns = [.. Said.Select((said, i) => new TurnData($"{session}-{i}", said.Role, said.Content))];
        await dapr.PublishEventAsync(PubSub, "memory.turns.v1", new TurnsData(Tenant, session, User, turns), stoppingToken);
        LogPublished(turns.Length, session);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Published {Turns} turns of session {Session}.")]
    private partial void LogPublished(int turns, string session);
}

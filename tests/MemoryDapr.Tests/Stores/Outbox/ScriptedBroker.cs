using System.Collections.Concurrent;
using System.Text.Json;
using Dapr.Client;
using NSubstitute;

namespace MemoryDapr.Tests.Stores.Outbox;

/// <summary>Takes down what is published, and refuses what it is told to.</summary>
internal sealed class ScriptedBroker
{
    private int _refusals;

    public ScriptedBroker() =>
        Client.PublishEventAsync(
            Arg.Any<string>(), Arg.Any<string>(), Arg.Any<JsonElement>(), Arg.Any<Dictionary<string, string>>(), Arg.Any<CancellationToken>())
            .Returns(call => Publish(call.ArgAt<string>(1), call.ArgAt<JsonElement>(2), call.ArgAt<Dictionary<string, string>>(3)));

    public DaprClient Client { get; } = Substitute.For<DaprClient>();

    /// <summary>Which events are refused, by id.</summary>
    public Func<string, bool> Refuses { get; set; } = _ => false;

    public int Refusals => Volatile.Read(ref _refusals);

    public ConcurrentQueue<(string Id, string Type, string Topic, string Data)> Published { get; } = new();

    private Task Publish(string topic, JsonElement data, Dictionary<string, string> metadata)
    {
        string id = metadata["cloudevent.id"];
        if (Refuses(id))
        {
            Interlocked.Increment(ref _refusals);
            return Task.FromException(new IOException("The broker is away."));
        }

        Published.Enqueue((id, metadata["cloudevent.type"], topic, data.GetRawText()));
        return Task.CompletedTask;
    }
}

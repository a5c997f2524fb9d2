using System.Collections.Concurrent;
using System.Threading.Channels;
using Dapr.Actors.Runtime;

namespace EmbeddedDapr.Tests.Actors;

/// <summary>What a test hands to its actors and sees of them.</summary>
internal sealed class Probe
{
    private readonly Channel<string> _events = Channel.CreateUnbounded<string>();

    /// <summary>What <see cref="IProbeActor.RunAsync"/> does, by name.</summary>
    public ConcurrentDictionary<string, Func<ActorContext, Task<string?>>> Scripts { get; } = new();

    public Func<ActorContext, Task> Activating { get; set; } = _ => Task.CompletedTask;

    public Func<ActorContext, string, Task> Reminding { get; set; } = (_, _) => Task.CompletedTask;

    public void Say(string what) => _events.Writer.TryWrite(what);

    /// <summary>Waits for the next thing said. A test that waits in vain fails after 20 seconds.</summary>
    public async Task<string> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await _events.Reader.ReadAsync(limit.Token);
    }

    public bool HasSaid => _events.Reader.Count > 0;
}

/// <summary>What a script may use of its actor.</summary>
internal sealed record ActorContext(ProbeActor Actor, IActorStateManager State, string? Argument = null, CancellationToken CancellationToken = default);

/// <summary>Says when its scope ends.</summary>
internal sealed class ScopedProbe(Probe probe) : IDisposable
{
    public void Dispose() => probe.Say("scope disposed");
}

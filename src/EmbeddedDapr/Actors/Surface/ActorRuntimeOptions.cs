#nullable disable // As in the official package, which is not annotated here.

using System.Text.Json;

namespace Dapr.Actors.Runtime;

/// <summary>How an app hosts its actors.</summary>
public sealed class ActorRuntimeOptions
{
    private TimeSpan? _actorIdleTimeout;
    private TimeSpan? _drainOngoingCallTimeout;

    /// <summary>Options with their defaults.</summary>
    public ActorRuntimeOptions()
    {
    }

    /// <summary>The classes that the app hosts.</summary>
    public ActorRegistrationCollection Actors { get; } = [];

    /// <summary>
    /// How long an actor stays in memory without a call or a reminder. Default: none given, which is 60 minutes. Shorter frees memory
    /// sooner and reads state again more often.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not more than zero.</exception>
    public TimeSpan? ActorIdleTimeout
    {
        get => _actorIdleTimeout;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value ?? TimeSpan.MaxValue, TimeSpan.Zero, nameof(value));
            _actorIdleTimeout = value;
        }
    }

    /// <summary>
    /// How long shutdown waits for turns before their tokens are cancelled. Default: none given, which is 2 s. Longer loses fewer
    /// answers and stops later.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not more than zero.</exception>
    public TimeSpan? DrainOngoingCallTimeout
    {
        get => _drainOngoingCallTimeout;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value ?? TimeSpan.MaxValue, TimeSpan.Zero, nameof(value));
            _drainOngoingCallTimeout = value;
        }
    }

    /// <summary>Whether payloads are JSON. Has to be true: JSON is what the embedded runtime speaks. Default: false.</summary>
    public bool UseJsonSerialization { get; set; }

    /// <summary>How payloads and state become JSON. Default: System.Text.Json's web defaults.</summary>
    public JsonSerializerOptions JsonSerializerOptions { get; set; } = JsonSerializerOptions.Web;
}

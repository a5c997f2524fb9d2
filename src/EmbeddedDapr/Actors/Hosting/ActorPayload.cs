using Dapr;

namespace EmbeddedDapr.Actors;

/// <summary>What may cross between a caller and an actor at once.</summary>
internal static class ActorPayload
{
    /// <summary>4 MiB, daprd's default for a body.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    public static byte[] Check(byte[] payload) => payload.Length <= MaxBytes
        ? payload
        : throw new DaprApiException($"The payload has {payload.Length} bytes; {MaxBytes} are allowed.", "ERR_ACTOR_INVOKE_METHOD", isTransient: false);
}

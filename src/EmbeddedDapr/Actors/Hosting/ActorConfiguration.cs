using Dapr.Actors.Runtime;

namespace EmbeddedDapr.Actors;

/// <summary>What <c>GET /dapr/config</c> answers: the types that the app hosts, and how.</summary>
internal sealed record ActorConfiguration(IReadOnlyList<string> Entities, string? ActorIdleTimeout, string? DrainOngoingCallTimeout)
{
    public static ActorConfiguration Of(ActorRuntimeOptions options) => new(
        [.. options.Actors.Select(registration => registration.Type.ActorTypeName)],
        Text(options.ActorIdleTimeout),
        Text(options.DrainOngoingCallTimeout));

    private static string? Text(TimeSpan? time) => time is { } value
        ? FormattableString.Invariant($"{(int)value.TotalHours}h{value.Minutes}m{value.Seconds}s{value.Milliseconds}ms")
        : null;
}

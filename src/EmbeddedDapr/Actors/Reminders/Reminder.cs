using Dapr.Actors.Runtime;

namespace EmbeddedDapr.Actors;

/// <summary>
/// A registered reminder. Times are Unix milliseconds: <paramref name="DueAt"/> is when it is delivered next, retries included,
/// <paramref name="ScheduledAt"/> the time it counts from.
/// </summary>
internal sealed record Reminder(
    long Registration,
    string ActorType,
    string ActorId,
    string Name,
    byte[]? State,
    TimeSpan DueTime,
    TimeSpan Period,
    long DueAt,
    long ScheduledAt,
    int? Remaining,
    long? ExpiresAt,
    int Failures) : IActorReminder
{
#nullable disable // The interface is not annotated.
    byte[] IActorReminder.State => State;
#nullable restore
}

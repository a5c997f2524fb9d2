#nullable disable // As in the official package, which is not annotated here.

namespace Dapr.Actors.Runtime;

/// <summary>An actor that takes reminders.</summary>
public interface IRemindable
{
    /// <summary>One reminder is due. It may come more than once.</summary>
    Task ReceiveReminderAsync(string reminderName, byte[] state, TimeSpan dueTime, TimeSpan period);
}

/// <summary>A registered reminder.</summary>
public interface IActorReminder
{
    /// <summary>Its name, unique in its actor.</summary>
    string Name { get; }

    /// <summary>From its registration to the first time.</summary>
    TimeSpan DueTime { get; }

    /// <summary>Between two times; negative for once.</summary>
    TimeSpan Period { get; }

    /// <summary>What it carries.</summary>
    byte[] State { get; }
}

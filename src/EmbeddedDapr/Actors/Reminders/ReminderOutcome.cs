namespace EmbeddedDapr.Actors;

/// <summary>What became of a reminder's turn.</summary>
internal enum ReminderOutcome
{
    /// <summary>The turn ran and its state is saved.</summary>
    Delivered,

    /// <summary>The turn threw.</summary>
    Failed,

    /// <summary>The app is stopping; the reminder waits for the next start.</summary>
    Refused,
}

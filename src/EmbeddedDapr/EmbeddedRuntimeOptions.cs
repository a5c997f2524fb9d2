namespace EmbeddedDapr;

/// <summary>Where the embedded runtime keeps its state and finds its resources.</summary>
public sealed class EmbeddedRuntimeOptions
{
    /// <summary>The folder of the state file, made if it is not there. Required.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>
    /// The folder with the Dapr resources, one per file, read once at start and not recursively. Required: policies are declared there
    /// and nowhere else.
    /// </summary>
    public required string ResourcesDirectory { get; init; }

    /// <summary>The clock of reminders, timers, time to live and policies. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}

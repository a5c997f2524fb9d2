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

    /// <summary>
    /// The token that the runtime sends with every request to an app, and that the apps' Dapr routes ask for. Default: none, and then
    /// those routes refuse every request. Choose it at random for each process.
    /// </summary>
    public string? AppApiToken { get; init; }

    /// <summary>
    /// How long a workflow instance that has ended is remembered. Longer costs disk; shorter forgets sooner that an id has run
    /// already. Default: 7 days.
    /// </summary>
    public TimeSpan WorkflowRetention { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Where <c>secretstores.local.env</c> finds a secret by its name. Default: the process's environment.</summary>
    public Func<string, string?> Secrets { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>A number in [0, 1) that spreads the intervals of exponential retries. Default: the process's random numbers.</summary>
#pragma warning disable RS0030 // The one place where the default comes from; all else takes it from here.
    public Func<double> Jitter { get; init; } = Random.Shared.NextDouble;
#pragma warning restore RS0030
}

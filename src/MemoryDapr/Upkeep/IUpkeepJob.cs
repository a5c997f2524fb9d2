namespace MemoryDapr.Upkeep;

/// <summary>A periodic job. One run at a time in the whole deployment; a run that fails is repeated at its next period.</summary>
internal interface IUpkeepJob
{
    /// <summary>Its name in lists and metrics.</summary>
    string Name { get; }

    /// <summary>Between the starts of two runs.</summary>
    TimeSpan Period { get; }

    /// <summary>Does what is due and answers what is left. It calls <paramref name="beat"/> after every bounded part of its work.</summary>
    Task<Backlog> RunAsync(Func<Task> beat, CancellationToken cancellationToken);
}

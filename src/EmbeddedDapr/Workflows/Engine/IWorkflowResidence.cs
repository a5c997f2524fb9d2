namespace EmbeddedDapr.Workflows;

/// <summary>Who decides which runs are in memory.</summary>
internal interface IWorkflowResidence
{
    /// <summary>The run needs no memory any more, or not for a while.</summary>
    void Leave(ResidentWorkflow workflow);

    /// <summary>A run waits in the database that is due at <paramref name="dueAt"/>, in ms since 1970.</summary>
    void WakeBy(long dueAt);
}

namespace Dapr.Workflow;

/// <summary>How much of a workflow's history travels to what it calls.</summary>
public enum HistoryPropagationScope
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The workflow's own.</summary>
    OwnHistory = 1,

    /// <summary>Its own and that of all its ancestors.</summary>
    Lineage = 2,
}

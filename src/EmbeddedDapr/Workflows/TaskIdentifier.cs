namespace Dapr.Workflow.Abstractions;

/// <summary>The name under which a workflow or an activity is registered.</summary>
/// <param name="Name">The name; its case does not matter when it is looked up.</param>
public readonly record struct TaskIdentifier(string Name)
{
    /// <inheritdoc />
    public override string ToString() => Name;
}

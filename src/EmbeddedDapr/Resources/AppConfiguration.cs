namespace EmbeddedDapr.Resources;

/// <summary>What the Configuration of one app says that means something in one process.</summary>
/// <param name="AppId">The Configuration's name, which is its app's id.</param>
/// <param name="Workflow">Its workflows' limits.</param>
internal sealed record AppConfiguration(string AppId, WorkflowLimits Workflow);

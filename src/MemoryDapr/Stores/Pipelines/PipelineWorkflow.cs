using Dapr.Workflow;
using MemoryDapr.Types;

namespace MemoryDapr.Stores.Pipelines;

/// <summary>The workflow that carries out a kind of pipelines.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">The workflow's name.</param>
/// <param name="Register">Registers it with its activities.</param>
internal sealed record PipelineWorkflow(PipelineKind Kind, string Name, Action<WorkflowRuntimeOptions> Register);

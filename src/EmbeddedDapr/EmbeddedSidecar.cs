namespace EmbeddedDapr;

/// <summary>An app's own view of the runtime: in the app's container, what the SDK's registrations find instead of a daprd beside them.</summary>
internal sealed class EmbeddedSidecar(EmbeddedRuntime runtime, string appId)
{
    public EmbeddedRuntime Runtime { get; } = runtime;

    public string AppId { get; } = appId;
}

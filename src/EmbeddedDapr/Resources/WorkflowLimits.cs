namespace EmbeddedDapr.Resources;

/// <summary>How much of an app's workflows is at work at once.</summary>
/// <param name="Workflows">Workflows in a turn.</param>
/// <param name="Activities">Activities.</param>
/// <param name="ByActivity">Activities of one name, under a limit of their own. One process is all replicas there are.</param>
internal sealed record WorkflowLimits(int Workflows, int Activities, IReadOnlyDictionary<string, int> ByActivity)
{
    /// <summary>What the SDK's worker takes at once, whatever is configured beyond it.</summary>
    public const int OfSdk = 100;

    public static WorkflowLimits None { get; } = new(OfSdk, OfSdk, new Dictionary<string, int>());
}

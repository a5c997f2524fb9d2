namespace EmbeddedDapr.PubSub;

/// <summary>The broker's inbound policy: how often a delivery is attempted, how long each may take, and when it is not even tried.</summary>
internal interface IInboundPolicy
{
    /// <summary>Runs the attempt until it succeeds or the policy gives up; then it throws what the last attempt threw, or the policy's own refusal.</summary>
    Task ExecuteAsync(Func<CancellationToken, Task> attempt, CancellationToken cancellationToken);
}

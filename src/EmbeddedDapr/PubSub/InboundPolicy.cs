using EmbeddedDapr.Invocation.Policies;

namespace EmbeddedDapr.PubSub;

/// <summary>The policy that the resources declare for what the broker component delivers to the app.</summary>
internal sealed class InboundPolicy(PolicyPipeline pipeline) : IInboundPolicy
{
    public Task ExecuteAsync(Func<CancellationToken, Task> attempt, CancellationToken cancellationToken) =>
        pipeline.ExecuteAsync(attempt, cancellationToken);
}

using EmbeddedDapr.PubSub;

namespace EmbeddedDapr.Tests.PubSub;

/// <summary>An inbound policy that tries again at once, so many times.</summary>
internal sealed class RetryTimes(int retries) : IInboundPolicy
{
    public async Task ExecuteAsync(Func<CancellationToken, Task> attempt, CancellationToken cancellationToken)
    {
        for (int i = 0; ; i++)
        {
            try
            {
                await attempt(cancellationToken);
                return;
            }
            catch (DeliveryFailedException) when (i < retries)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }
}

using System.Runtime.ExceptionServices;

namespace MemoryDapr.Types;

/// <summary>
/// Things to do of which each is tried, whatever became of the others: one that keeps failing must not keep the rest from being done.
/// The first failure is told at the end.
/// </summary>
internal sealed class Attempts(CancellationToken cancellationToken)
{
    private ExceptionDispatchInfo? _first;

    /// <summary>Does one thing, or takes down why it could not be done. Only cancellation ends the attempts.</summary>
    public async Task TryAsync(Func<CancellationToken, Task> action)
    {
        try
        {
            await action(cancellationToken);
        }
#pragma warning disable CA1031 // Not hidden: the first failure is thrown at the end.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            _first ??= ExceptionDispatchInfo.Capture(exception);
        }
    }

    /// <summary>Throws the first failure, if there was one.</summary>
    public void ThrowIfFailed() => _first?.Throw();
}

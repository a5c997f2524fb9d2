using MemoryDapr.Models;

namespace MemoryDapr.Stores.Pipelines;

/// <summary>
/// Lets turns go before pipelines: while some are appended or indexed, only a few steps are at work at once, so that the processors are
/// there for those who wait for an answer. Pipelines go on all the while, and at full speed as soon as there are no new turns.
/// </summary>
/// <remarks>With a chat model steps mostly wait for its answers, and its own limit holds them back enough.</remarks>
internal sealed class PipelinePace(IChatModel model, TimeProvider time) : IDisposable
{
    /// <summary>For how long after some turns others are expected.</summary>
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(250);

    /// <summary>Steps at once while turns come in.</summary>
    private readonly SemaphoreSlim _places = new(Environment.ProcessorCount);

    private long _lastTurns;

    /// <summary>Says that turns are appended or indexed now.</summary>
    public void NoteTurns() => Volatile.Write(ref _lastTurns, time.GetTimestamp());

    /// <summary>Runs a step when there is a place for it.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> step)
    {
        if (model.IsEnabled || !IsBusy())
        {
            return await step();
        }

        await _places.WaitAsync();
        try
        {
            return await step();
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private bool IsBusy() => Volatile.Read(ref _lastTurns) is not 0 and var last && time.GetElapsedTime(last) < Busy;
}

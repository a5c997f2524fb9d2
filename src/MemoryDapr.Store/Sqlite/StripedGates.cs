using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite;

/// <summary>
/// Lets one at a time work on a scope, with a fixed number of semaphores: scopes that share one wait for each other now and then, and
/// nothing grows with the number of scopes.
/// </summary>
internal sealed class StripedGates : IDisposable
{
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 1024).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Waits for the scope's turn; dispose what is answered to end it.</summary>
    public async Task<IDisposable> EnterAsync(Scope scope, CancellationToken cancellationToken)
    {
        SemaphoreSlim gate = _gates[(uint)scope.GetHashCode() % (uint)_gates.Length];
        await gate.WaitAsync(cancellationToken);
        return new Pass(gate);
    }

    public void Dispose()
    {
        foreach (SemaphoreSlim gate in _gates)
        {
            gate.Dispose();
        }
    }

    private sealed class Pass(SemaphoreSlim gate) : IDisposable
    {
#pragma warning disable CA2213 // The gate is the stripe's; ending a turn lets the next one in.
        private SemaphoreSlim? _gate = gate;
#pragma warning restore CA2213

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Release();
    }
}

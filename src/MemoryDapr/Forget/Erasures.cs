using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Forget;

/// <inheritdoc cref="IErasures"/>
internal sealed class Erasures(IMemoryStore store, Forgetting forgetting) : IErasures
{
    public async Task<int> ResumeOpenAsync(int limit, CancellationToken cancellationToken)
    {
        IReadOnlyList<ErasureRecord> open = await store.ListOpenErasuresAsync(limit, cancellationToken);
        var attempts = new Attempts(cancellationToken);
        foreach (ErasureRecord erasure in open)
        {
            await attempts.TryAsync(cancellation => forgetting.ResumeAsync(erasure, cancellation));
        }

        attempts.ThrowIfFailed();

        return open.Count;
    }
}

using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Forget;

/// <inheritdoc cref="IErasures"/>
internal sealed class Erasures(IMemoryStore store, Forgetting forgetting) : IErasures
{
    public async Task<int> ResumeOpenAsync(int limit, CancellationToken cancellationToken)
    {
        IReadOnlyList<ErasureRecord> open = await store.ListOpenErasuresAsync(limit, cancellationToken);
        foreach (ErasureRecord erasure in open)
        {
            await forgetting.ResumeAsync(erasure, cancellationToken);
        }

        return open.Count;
    }
}

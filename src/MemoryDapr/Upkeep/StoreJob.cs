using MemoryDapr.Stores;

namespace MemoryDapr.Upkeep;

/// <summary>Has the store finish what was left half done, and give back what it holds for scopes that are not in use.</summary>
internal sealed class StoreJob(IMemoryStore store, UpkeepOptions options) : IUpkeepJob
{
    public string Name => "store";

    public TimeSpan Period => options.StorePeriod;

    public async Task<Backlog> RunAsync(Func<Task> beat, CancellationToken cancellationToken)
    {
        await store.TidyAsync(options.IdleScope, cancellationToken);
        await beat();
        return Backlog.None;
    }
}

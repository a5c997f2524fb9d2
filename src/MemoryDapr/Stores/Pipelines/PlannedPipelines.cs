using MemoryDapr.Types;

namespace MemoryDapr.Stores.Pipelines;

/// <summary>
/// Pipelines that sessions have planned a moment ago. The store learns of them with the turns that they work on, and until then an
/// append's link would lead nowhere, for as long as the store is down.
/// </summary>
/// <remarks>
/// Of this process, and the newest only. It is a courtesy: what is planned is durable in the session, and whoever asks another replica
/// finds nothing until the store knows it.
/// </remarks>
internal sealed class PlannedPipelines
{
    /// <summary>Many times what is planned while a store that is up needs for a batch; some megabytes.</summary>
    public const int Capacity = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, PipelineRecord> _records = new(StringComparer.Ordinal);
    private readonly Queue<string> _byAge = new();

    public void Note(PipelineRecord planned)
    {
        lock (_gate)
        {
            if (!_records.TryAdd(planned.Id, planned))
            {
                return;
            }

            _byAge.Enqueue(planned.Id);
            if (_byAge.Count > Capacity)
            {
                _records.Remove(_byAge.Dequeue());
            }
        }
    }

    /// <summary>One of the tenant's; of any tenant where that is null.</summary>
    public PipelineRecord? Find(PipelineKey key)
    {
        lock (_gate)
        {
            return _records.GetValueOrDefault(key.Id) is { } planned && (key.Tenant is null || planned.Scope.Tenant == key.Tenant) ? planned : null;
        }
    }
}

using System.Collections.Concurrent;

namespace MemoryDapr.Store.Collections;

/// <summary>
/// Which scopes are in use. One that nobody asks for keeps about half a megabyte and some open files in the database until it is
/// deactivated; the first call afterwards takes a few milliseconds longer.
/// </summary>
internal sealed class IdleTenants(ICollections collections, TimeProvider time)
{
    private const int TenantsAtOnce = 100;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _used = new(StringComparer.Ordinal);
    private readonly DateTimeOffset _started = time.GetUtcNow();

    /// <summary>Notes that a scope is used.</summary>
    public void Touch(string tenant) => _used[tenant] = time.GetUtcNow();

    /// <summary>Deactivates the tenants that nobody has used for so long, and answers how many. Those of an earlier run of the program count from its start.</summary>
    public async Task<int> DeactivateAsync(TimeSpan idle, CancellationToken cancellationToken)
    {
        DateTimeOffset before = time.GetUtcNow() - idle;
        string[] tenants = [.. (await collections.ListActiveTenantsAsync(cancellationToken))
            .Where(tenant => _used.GetValueOrDefault(tenant, _started) < before)];
        foreach (string[] some in tenants.Chunk(TenantsAtOnce))
        {
            await collections.DeactivateAsync(some, cancellationToken);
        }

        foreach ((string tenant, DateTimeOffset at) in _used)
        {
            if (at < before)
            {
                // Only if it has not been used in this moment.
                _used.TryRemove(new KeyValuePair<string, DateTimeOffset>(tenant, at));
            }
        }

        return tenants.Length;
    }
}

using System.Threading.RateLimiting;
using MemoryDapr.Api.Problems;

namespace MemoryDapr.Api.Quotas;

/// <summary>Each tenant's quotas, in this process. There are as many as tenants with a key; idle ones are let go of.</summary>
internal sealed class TenantQuotas(ApiOptions options) : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LeastPeriod = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<Quota, (PartitionedRateLimiter<string> Limiter, int Limit)> _limiters = Create(options.Quotas);

    /// <summary>Takes <paramref name="count"/> from the tenant's quota; the problem if there is not enough left.</summary>
    public Problem? Take(string tenant, Quota quota, int count = 1)
    {
        if (!_limiters.TryGetValue(quota, out (PartitionedRateLimiter<string> Limiter, int Limit) entry))
        {
            return null;
        }

        // One request larger than a whole minute's worth passes when nothing else has been used: it could not pass otherwise at all.
        using RateLimitLease lease = entry.Limiter.AttemptAcquire(tenant, Math.Min(count, entry.Limit));
        if (lease.IsAcquired)
        {
            return null;
        }

        TimeSpan wait = lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan after) ? after : Minute;
        return new Problem(ProblemTypes.QuotaExceeded, $"The quota of {entry.Limit} {Name(quota)} a minute is used up.")
        {
            RetryAfterSeconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)),
        };
    }

    public void Dispose()
    {
        foreach ((PartitionedRateLimiter<string> limiter, _) in _limiters.Values)
        {
            limiter.Dispose();
        }
    }

    private static Dictionary<Quota, (PartitionedRateLimiter<string>, int)> Create(QuotaOptions quotas) =>
        new (Quota Quota, int Limit)[]
        {
            (Quota.Recalls, quotas.RecallsPerMinute),
            (Quota.Writes, quotas.WritesPerMinute),
            (Quota.Pipelines, quotas.PipelinesPerMinute),
            (Quota.ModelTokens, quotas.ModelTokensPerMinute),
        }
        .Where(entry => entry.Limit > 0)
        .ToDictionary(entry => entry.Quota, entry => (PartitionedRateLimiter.Create<string, string>(tenant => Partition(tenant, entry.Limit)), entry.Limit));

    private static RateLimitPartition<string> Partition(string tenant, int limit)
    {
        TimeSpan period = Minute / limit < LeastPeriod ? LeastPeriod : Minute / limit;
        int perPeriod = Math.Max(1, (int)Math.Round(limit * (period / Minute)));
        return RateLimitPartition.GetTokenBucketLimiter(
            tenant,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = limit,
                ReplenishmentPeriod = period,
                TokensPerPeriod = perPeriod,
                QueueLimit = 0,
            });
    }

    private static string Name(Quota quota) => quota switch
    {
        Quota.Recalls => "recalls",
        Quota.Writes => "writes",
        Quota.Pipelines => "pipelines",
        _ => "model tokens",
    };
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace EmbeddedDapr.Invocation.Gateway;

/// <summary>
/// <c>middleware.http.ratelimit</c>: a token bucket for each client address and exact path. daprd keeps its buckets for ten years; here
/// the most recently used ones stay, so that many paths cannot fill the memory. A client that cycles through more paths than that
/// gets fresh buckets: the limit is a coarse shield in both runtimes.
/// </summary>
internal sealed class RateLimit
{
    public const double DefaultPerSecond = 100;

    private const int MaxBuckets = 10_000;
    private readonly LeastRecentlyUsed<(IPAddress Address, string Path), TokenBucketRateLimiter> _buckets;
    private readonly double _perSecond;

    public RateLimit(double perSecond)
    {
        _perSecond = perSecond;
        _buckets = new LeastRecentlyUsed<(IPAddress Address, string Path), TokenBucketRateLimiter>(MaxBuckets, _ => NewBucket());
    }

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        TokenBucketRateLimiter bucket = _buckets.Get((Client(context.Connection.RemoteIpAddress), context.Request.Path.Value ?? ""));
        bucket.TryReplenish();
        using RateLimitLease lease = bucket.AttemptAcquire();
        IHeaderDictionary headers = context.Response.Headers;
        headers["X-Rate-Limit-Limit"] = _perSecond.ToString("0.00", CultureInfo.InvariantCulture);
        headers["X-Rate-Limit-Duration"] = "1";
        headers["RateLimit-Limit"] = Math.Round(_perSecond).ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = (bucket.GetStatistics()?.CurrentAvailablePermits ?? 0).ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = "1";
        if (lease.IsAcquired)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync("You have reached maximum request limit.", context.RequestAborted);
    }

    private static IPAddress Client(IPAddress? address)
    {
        IPAddress known = address ?? IPAddress.Any;
        if (known.IsIPv4MappedToIPv6)
        {
            return known.MapToIPv4();
        }

        if (known.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return known;
        }

        // One customer's IPv6 network is one client.
        byte[] bytes = known.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    // Replenished at use: a timer for each bucket would outlive it.
    private TokenBucketRateLimiter NewBucket() => new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = Math.Max(1, (int)_perSecond),
        TokensPerPeriod = 1,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1) / _perSecond,
        AutoReplenishment = false,
        QueueLimit = 0,
    });
}

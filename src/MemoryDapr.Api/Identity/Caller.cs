using Microsoft.AspNetCore.Http.Features;

namespace MemoryDapr.Api.Identity;

/// <summary>Who asks.</summary>
/// <param name="Tenant">The tenant; null for the operator.</param>
internal sealed record Caller(string? Tenant)
{
    /// <summary>The one tenant where no keys are configured.</summary>
    public const string DefaultTenant = "default";

    /// <summary>The tenant of a request that has passed <see cref="CallerMiddleware"/>, which lets the operator to no tenant's memory.</summary>
    public static string TenantOf(HttpContext context) =>
        Of(context).Tenant ?? throw new InvalidOperationException("The operator has no tenant.");

    public static Caller Of(HttpContext context) => context.Features.GetRequiredFeature<Caller>();
}

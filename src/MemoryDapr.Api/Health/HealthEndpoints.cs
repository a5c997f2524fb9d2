using System.Reflection;
using MemoryDapr.Api.Identity;
using MemoryDapr.Telemetry.Management;

namespace MemoryDapr.Api.Health;

/// <summary>Liveness without dependencies; readiness with them; both in detail for the operator.</summary>
internal static class HealthEndpoints
{
    private static readonly string Version =
        typeof(HealthEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Answer.Ok(new HealthAnswer(HealthAnswer.Healthy)));
        routes.MapGet("/readyz", GetReadiness);
        routes.MapGet("/health", GetHealth);
    }

    private static async Task<IResult> GetReadiness(DependencyCheck check, CancellationToken cancellationToken) =>
        Show(await check.RunAsync(cancellationToken), inDetail: false);

    private static async Task<IResult> GetHealth(
        HttpContext context, DependencyCheck check, ManagementListener management, ApiKeys keys, CancellationToken cancellationToken)
    {
        // Without keys whoever reaches it may read the memory itself.
        bool isOpen = !keys.HasKeys;
        bool inDetail = isOpen || management.Serves(context) || CallerMiddleware.IsOperator(context);
        return Show(await check.RunAsync(cancellationToken), inDetail);
    }

    private static JsonAnswer<HealthAnswer> Show(IReadOnlyList<Dependency> dependencies, bool inDetail)
    {
        bool healthy = dependencies.All(dependency => dependency.Healthy);
        string status = healthy ? HealthAnswer.Healthy : HealthAnswer.Unhealthy;
        return new(
            inDetail ? new HealthAnswer(status, Version, dependencies) : new HealthAnswer(status),
            healthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}

using MemoryDapr.Types;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryDapr.Forget;

/// <summary>Registers the stage and its routes.</summary>
internal static class ForgetExtensions
{
    /// <summary>Adds the stage to memory-worker.</summary>
    public static IServiceCollection AddForget(this IServiceCollection services) => services
        .AddSingleton<Forgetting>()
        .AddSingleton<IErasures, Erasures>();

    /// <summary>Maps what memory-api calls.</summary>
    public static void MapForget(this IEndpointRouteBuilder routes) => routes.MapPost(
        WorkerRoutes.Forget,
        (ForgetRequest request, Forgetting forgetting, CancellationToken cancellationToken) => forgetting.ForgetAsync(request, cancellationToken));
}

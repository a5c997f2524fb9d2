using FluentValidation;
using MemoryDapr.Types;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryDapr.Sessions;

/// <summary>Registers the stage and its routes.</summary>
internal static class SessionsExtensions
{
    /// <summary>Where the subscription to <c>memory.turns.v1</c> delivers.</summary>
    public const string EventRoute = "/events/turns";

    /// <summary>Adds the stage to memory-worker, which also registers <see cref="SessionActor"/>.</summary>
    public static IServiceCollection AddSessions(this IServiceCollection services) => services
        .AddCheckedOptions<SessionsOptions, SessionsOptionsValidator>("Sessions")
        .AddSingleton<IValidator<TurnsEvent>, TurnsEventValidator>()
        .AddSingleton<CatchUpQueue>()
        .AddSingleton<CatchUp>()
        .AddHostedService<CatchUpService>()
        .AddSingleton<TurnAppender>()
        .AddSingleton<TurnsSubscriber>()
        .AddSingleton<SessionReader>()
        .AddSingleton<ISessionWindows, SessionWindows>();

    /// <summary>Maps what memory-api calls.</summary>
    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(
            WorkerRoutes.Append,
            (AppendRequest request, TurnAppender appender, CancellationToken cancellationToken) => appender.AppendAsync(request, cancellationToken));
        routes.MapPost(
            WorkerRoutes.Session,
            (SessionKey key, SessionReader reader, CancellationToken cancellationToken) => reader.GetAsync(key, cancellationToken));
        routes.MapPost(
            WorkerRoutes.Turns,
            (TurnsRequest request, SessionReader reader, CancellationToken cancellationToken) => reader.ListTurnsAsync(request, cancellationToken));
    }

    /// <summary>Maps what the broker delivers to.</summary>
    public static void MapTurnEvents(this IEndpointRouteBuilder routes) => routes.MapPost(
        EventRoute,
        async (HttpRequest request, TurnsSubscriber subscriber, CancellationToken cancellationToken) =>
            Results.Json(new { status = await subscriber.HandleAsync(request.Body, cancellationToken) }));
}

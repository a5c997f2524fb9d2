using System.Text.Json;
using Dapr.AspNetCore;
using FluentValidation;
using MemoryDapr.Types;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryDapr.Salience;

/// <summary>Registers the stage and its routes.</summary>
internal static class SalienceExtensions
{
    /// <summary>Where the subscription to <c>memory.citations.v1</c> delivers, in bulk.</summary>
    public const string EventRoute = "/events/citations";

    /// <summary>Adds the stage to memory-worker.</summary>
    public static IServiceCollection AddSalience(this IServiceCollection services) => services
        .AddSingleton<IValidator<CitationEvent>, CitationEventValidator>()
        .AddSingleton<CitationIntake>()
        .AddSingleton<CitationSubscriber>();

    /// <summary>Maps what memory-api calls.</summary>
    public static void MapCitations(this IEndpointRouteBuilder routes) => routes.MapPost(
        WorkerRoutes.Citations,
        (CitationRequest request, CitationIntake intake, CancellationToken cancellationToken) => intake.AcceptAsync(request, cancellationToken));

    /// <summary>Maps what the broker delivers to.</summary>
    public static IEndpointConventionBuilder MapCitationEvents(this IEndpointRouteBuilder routes) => routes.MapPost(
        EventRoute,
        async (BulkSubscribeMessage<JsonElement> message, CitationSubscriber subscriber, CancellationToken cancellationToken) =>
            Results.Json(await subscriber.HandleAsync(message, cancellationToken)));
}

using MemoryDapr.Api.Problems;

namespace MemoryDapr.Api.OpenApi;

/// <summary>Describes routes.</summary>
internal static class DescribedExtensions
{
    /// <summary>A route without a body.</summary>
    public static RouteHandlerBuilder Describe<TAnswer>(
        this RouteHandlerBuilder route, Described described, int status = StatusCodes.Status200OK, string type = "application/json") =>
        route.WithMetadata(described)
            .Produces<TAnswer>(status, type)
            .Produces<ProblemShape>(StatusCodes.Status400BadRequest, Problem.ContentType);

    /// <summary>A route with a JSON body.</summary>
    public static RouteHandlerBuilder Describe<TRequest, TAnswer>(this RouteHandlerBuilder route, Described described, int status = StatusCodes.Status200OK)
        where TRequest : notnull =>
        route.Accepts<TRequest>("application/json").Describe<TAnswer>(described, status);
}

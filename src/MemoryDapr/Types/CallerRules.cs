using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MemoryDapr.Types;

/// <summary>Applies <see cref="CallerRule"/>s before a request's body is read.</summary>
internal static class CallerRules
{
    /// <summary>Puts a rule on routes.</summary>
    public static TBuilder AdmitOnly<TBuilder>(this TBuilder routes, CallerRule rule)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(rule);

    /// <summary>Refuses with 403 what a route's rule does not admit. It stands after routing.</summary>
    public static IApplicationBuilder UseCallerRules(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        CallerRule? rule = context.GetEndpoint()?.Metadata.GetMetadata<CallerRule>();
        if (rule is null || rule.Admits(context.Request.Headers[CallerRule.Header].ToArray()))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });
}

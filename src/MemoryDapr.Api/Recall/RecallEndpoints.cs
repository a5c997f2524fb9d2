using MemoryDapr.Api.Identity;
using MemoryDapr.Api.OpenApi;
using MemoryDapr.Api.Quotas;
using MemoryDapr.Api.Requests;
using MemoryDapr.Recall;

namespace MemoryDapr.Api.Recall;

/// <summary>Questions.</summary>
internal static class RecallEndpoints
{
    public static void MapRecall(this RouteGroupBuilder memory) =>
        memory.MapPost("/recall", Recall)
            .Describe<PostRecall, RecallAnswer>(new("What is known that bears on a question", Examples.Recalled, Examples.Recall));

    private static async Task<IResult> Recall(HttpContext context, RecallHandler handler, TenantQuotas quotas)
    {
        RequestCheck check = new(context);
        PostRecall body = await check.BodyAsync(PostRecallValidator.Instance);
        string tenant = Caller.TenantOf(context);
        return check.Failure ?? quotas.Take(tenant, Quota.Recalls) ?? await handler.RecallAsync(tenant, body, context.RequestAborted);
    }
}

using MemoryDapr.Api.OpenApi;
using MemoryDapr.Api.Requests;

namespace MemoryDapr.Api.Forget;

/// <summary>Users, who exist by what is remembered of them.</summary>
internal static class UserEndpoints
{
    public static void MapUsers(this RouteGroupBuilder memory) =>
        memory.MapDelete("/users/{user}", Forget).Describe<ReceiptAnswer>(new("Forget a user everywhere", Examples.Receipt));

    private static async Task<IResult> Forget(HttpContext context, ForgetHandler handler)
    {
        RequestCheck check = new(context);
        string user = check.Route("user", TextForms.Id);
        return check.Failure ?? await handler.ForgetAsync(context, user: user);
    }
}

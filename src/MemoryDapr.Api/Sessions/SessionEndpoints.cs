using MemoryDapr.Api.Forget;
using MemoryDapr.Api.Identity;
using MemoryDapr.Api.OpenApi;
using MemoryDapr.Api.Requests;
using MemoryDapr.Api.Worker;
using MemoryDapr.Sessions;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Api.Sessions;

/// <summary>Turns in, and what sessions are.</summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this RouteGroupBuilder memory)
    {
        memory.MapPost("/sessions/{sessionId}/turns", AppendToSession)
            .Describe<AppendTurns, AppendAnswer>(new("Append turns to a session", Examples.Appended, Examples.Append, "Idempotency-Key"));
        memory.MapPost("/turns", Append)
            .Describe<AppendSessionTurns, AppendAnswer>(new("Append turns to the session of the body", Examples.Appended, Examples.AppendSession, "Idempotency-Key"));
        memory.MapGet("/sessions", List)
            .Describe<Page<SessionSummary>>(new("List sessions, the newest first", Examples.Sessions, null, "user", "cursor", "limit"));
        memory.MapGet("/sessions/{sessionId}", Get)
            .Describe<SessionAnswer>(new("A session with its window", Examples.OneSession));
        memory.MapGet("/sessions/{sessionId}/turns", ListTurns)
            .Describe<Page<TurnAnswer>>(new("All turns of a session, in order", Examples.TurnPage, null, "cursor", "limit"));
        memory.MapDelete("/sessions/{sessionId}", Forget)
            .Describe<ReceiptAnswer>(new("Forget a session everywhere", Examples.Receipt));
    }

    private static async Task<IResult> AppendToSession(HttpContext context, AppendHandler handler)
    {
        RequestCheck check = new(context);
        string sessionId = check.Route("sessionId", TextForms.Id);
        string? key = check.Header("Idempotency-Key", TextForms.IdempotencyKey);
        AppendTurns body = await check.BodyAsync(AppendTurnsValidator.Instance);
        return check.Failure ?? await handler.AppendAsync(context, sessionId, body.User, body.Turns!, key);
    }

    private static async Task<IResult> Append(HttpContext context, AppendHandler handler)
    {
        RequestCheck check = new(context);
        string? key = check.Header("Idempotency-Key", TextForms.IdempotencyKey);
        AppendSessionTurns body = await check.BodyAsync(AppendSessionTurnsValidator.Instance);
        return check.Failure ?? await handler.AppendAsync(context, body.SessionId!, body.User, body.Turns!, key);
    }

    private static async Task<IResult> List(HttpContext context, IMemoryStore store)
    {
        RequestCheck check = new(context);
        SessionQuery query = new(
            Caller.TenantOf(context), check.Query("user", TextForms.Id) ?? Users.Default, OnlyBehind: false, check.Query("cursor", TextForms.Cursor), check.Limit());
        if (check.Failure is { } failure)
        {
            return failure;
        }

        Page<SessionRecord> page = await store.ListSessionsAsync(query, context.RequestAborted);
        return Answer.Ok(new Page<SessionSummary>([.. page.Items.Select(SessionSummary.From)], page.NextCursor));
    }

    private static async Task<IResult> Get(HttpContext context, WorkerClient worker)
    {
        RequestCheck check = new(context);
        SessionKey key = new(Caller.TenantOf(context), check.Route("sessionId", TextForms.Id));
        return check.Failure ?? Answer.From(await worker.GetSessionAsync(key, context.RequestAborted), SessionAnswer.From);
    }

    private static async Task<IResult> ListTurns(HttpContext context, WorkerClient worker)
    {
        RequestCheck check = new(context);
        TurnsRequest request = new(
            Caller.TenantOf(context), check.Route("sessionId", TextForms.Id), check.Query("cursor", TextForms.Cursor), check.Limit());
        return check.Failure ?? Answer.From(
            await worker.ListTurnsAsync(request, context.RequestAborted),
            page => new Page<TurnAnswer>([.. page.Items.Select(TurnAnswer.From)], page.NextCursor));
    }

    private static async Task<IResult> Forget(HttpContext context, ForgetHandler handler)
    {
        RequestCheck check = new(context);
        string sessionId = check.Route("sessionId", TextForms.Id);
        return check.Failure ?? await handler.ForgetAsync(context, sessionId: sessionId);
    }
}

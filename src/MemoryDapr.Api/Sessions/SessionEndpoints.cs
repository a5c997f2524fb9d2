using MemoryDapr.Api.Forget;
using MemoryDapr.Api.Identity;
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
        memory.MapPost("/sessions/{sessionId}/turns", AppendToSession);
        memory.MapPost("/turns", Append);
        memory.MapGet("/sessions", List);
        memory.MapGet("/sessions/{sessionId}", Get);
        memory.MapGet("/sessions/{sessionId}/turns", ListTurns);
        memory.MapDelete("/sessions/{sessionId}", Forget);
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
            Caller.TenantOf(context), check.Query("user", TextForms.Id), OnlyBehind: false, check.Query("cursor", TextForms.Cursor), check.Limit());
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

using MemoryDapr.Api.Identity;
using MemoryDapr.Api.OpenApi;
using MemoryDapr.Api.Problems;
using MemoryDapr.Api.Quotas;
using MemoryDapr.Api.Requests;
using MemoryDapr.Api.Worker;
using MemoryDapr.Distill;
using MemoryDapr.Promote;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Api.Pipelines;

/// <summary>Pipelines: started by request, watched by id.</summary>
internal static class PipelineEndpoints
{
    public static void MapPipelines(this RouteGroupBuilder memory)
    {
        memory.MapPost("/distill", Distill).Describe<StartDistill, StartedAnswer>(
            new("Distil a session now", Examples.Started, Examples.Distill), StatusCodes.Status202Accepted);
        memory.MapPost("/promote", Promote).Describe<StartPromote, StartedAnswer>(
            new("Promote a user's ripe episodes now", Examples.Started, Examples.Promote, "Idempotency-Key"), StatusCodes.Status202Accepted);
        memory.MapGet("/pipelines", List).WithMetadata(new OpenToOperator())
            .Describe<Page<PipelineSummary>>(new("List pipelines, the newest first", Examples.Pipelines, null, "status", "cursor", "limit"));
        memory.MapGet("/pipelines/{id}", Get).WithMetadata(new OpenToOperator())
            .Describe<PipelineAnswer>(new("A pipeline with its steps", Examples.OnePipeline));
    }

    private static async Task<IResult> Distill(HttpContext context, WorkerClient worker, TenantQuotas quotas)
    {
        RequestCheck check = new(context);
        StartDistill body = await check.BodyAsync(StartDistillValidator.Instance);
        string tenant = Caller.TenantOf(context);
        return check.Failure ?? quotas.Take(tenant, Quota.Pipelines) ?? Started(
            context, await worker.DistillAsync(new DistillRequest(tenant, body.SessionId!), context.RequestAborted));
    }

    private static async Task<IResult> Promote(HttpContext context, WorkerClient worker, TenantQuotas quotas, IIdGenerator ids)
    {
        RequestCheck check = new(context);
        string cause = check.Header("Idempotency-Key", TextForms.IdempotencyKey) ?? ids.Next();
        StartPromote body = await check.BodyAsync(StartPromoteValidator.Instance);
        Scope scope = new(Caller.TenantOf(context), body.User ?? Users.Default);
        return check.Failure ?? quotas.Take(scope.Tenant, Quota.Pipelines) ?? Started(
            context, await worker.PromoteAsync(new PromoteRequest(scope, cause), context.RequestAborted));
    }

    private static async Task<IResult> List(HttpContext context, IMemoryStore store)
    {
        RequestCheck check = new(context);
        PipelineQuery query = new(
            Caller.Of(context).Tenant, check.List<PipelineStatus>("status"), UpdatedBefore: null, check.Query("cursor", TextForms.Cursor),
            check.Limit());
        if (check.Failure is { } failure)
        {
            return failure;
        }

        Page<PipelineRecord> page = await store.ListPipelinesAsync(query, context.RequestAborted);
        return Answer.Ok(new Page<PipelineSummary>([.. page.Items.Select(PipelineSummary.Show)], page.NextCursor));
    }

    private static async Task<IResult> Get(HttpContext context, WorkerClient worker)
    {
        RequestCheck check = new(context);
        PipelineKey key = new(Caller.Of(context).Tenant, check.Route("id", TextForms.ItemId));
        return check.Failure ?? Answer.From(await worker.GetPipelineAsync(key, context.RequestAborted), PipelineAnswer.Show);
    }

    private static IResult Started(HttpContext context, Outcome<PipelineRecord> outcome)
    {
        if (outcome.Refusal is { } refusal)
        {
            return Problem.From(refusal);
        }

        // Relative: the service does not know under which host and prefix its clients reach it.
        context.Response.Headers.Location = $"pipelines/{outcome.Value!.Id}";
        return Answer.Accepted(new StartedAnswer(outcome.Value.Id));
    }
}

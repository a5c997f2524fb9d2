using MemoryDapr.Api.Identity;
using MemoryDapr.Api.OpenApi;
using MemoryDapr.Api.Problems;
using MemoryDapr.Api.Quotas;
using MemoryDapr.Api.Requests;
using MemoryDapr.Api.Worker;
using MemoryDapr.Salience;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Api.Citations;

/// <summary>What answers made of memories.</summary>
internal static class CitationEndpoints
{
    public static void MapCitations(this RouteGroupBuilder memory) =>
        memory.MapPost("/citations", Cite).Describe<PostCitations, CitationsAnswer>(
            new("Tell which memories an answer used or refuted", Examples.AcceptedCitations, Examples.Citations), StatusCodes.Status202Accepted);

    private static async Task<IResult> Cite(HttpContext context, WorkerClient worker, TenantQuotas quotas, IIdGenerator ids, TimeProvider time)
    {
        RequestCheck check = new(context);
        PostCitations body = await check.BodyAsync(PostCitationsValidator.Instance);
        if (check.Failure is { } failure)
        {
            return failure;
        }

        string tenant = Caller.TenantOf(context);
        if (quotas.Take(tenant, Quota.Writes, body.MemoryIds!.Count) is { } refused)
        {
            return refused;
        }

        // Without an answer's id this request is the answer: its own repeats count again, which the client chose.
        string answerId = body.AnswerId ?? ids.Next();
        DateTimeOffset now = time.GetUtcNow();
        Citation[] citations = [.. body.MemoryIds.Distinct().Select(id => new Citation(id, answerId, body.Verdict!.Value, now))];
        Outcome<AcceptedCitations> outcome = await worker.CiteAsync(new CitationRequest(tenant, citations), context.RequestAborted);
        return outcome.Refusal is { } refusal
            ? Problem.From(refusal)
            : Answer.Accepted(new CitationsAnswer(outcome.Value!.Count, answerId));
    }
}

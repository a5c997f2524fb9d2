using MemoryDapr.Api.Identity;
using MemoryDapr.Api.Problems;
using MemoryDapr.Api.Quotas;
using MemoryDapr.Api.Worker;
using MemoryDapr.Recall;
using MemoryDapr.Sessions;
using MemoryDapr.Types;

namespace MemoryDapr.Api.Sessions;

/// <summary>Gives turns their ids and hands them to the worker; the answer comes when they are durable.</summary>
internal sealed class AppendHandler(WorkerClient worker, TenantQuotas quotas, IIdGenerator ids, TimeProvider time)
{
    public async Task<IResult> AppendAsync(
        HttpContext context, string sessionId, string? user, IReadOnlyList<NewTurn> posted, string? idempotencyKey)
    {
        string tenant = Caller.TenantOf(context);
        Problem? refused = quotas.Take(tenant, Quota.Writes, posted.Count)
            ?? quotas.Take(tenant, Quota.ModelTokens, posted.Sum(turn => TokenCount.Of(turn.Content!)));
        if (refused is not null)
        {
            return refused;
        }

        DateTimeOffset now = time.GetUtcNow();
        Turn[] turns = [.. posted.Select((turn, index) => TurnIds.Assign(turn, index, tenant, sessionId, idempotencyKey, ids, now))];
        return Answer.From(
            await worker.AppendAsync(new AppendRequest(tenant, sessionId, user, turns), context.RequestAborted),
            result => new AppendAnswer(result.Turns, result.TurnCount, result.PipelineId));
    }
}

using MemoryDapr.Api.Identity;
using MemoryDapr.Api.Quotas;
using MemoryDapr.Api.Worker;
using MemoryDapr.Forget;

namespace MemoryDapr.Api.Forget;

/// <summary>Erases one thing everywhere and answers with the receipt.</summary>
internal sealed class ForgetHandler(WorkerClient worker, TenantQuotas quotas)
{
    public async Task<IResult> ForgetAsync(HttpContext context, string? sessionId = null, string? user = null, string? itemId = null)
    {
        string tenant = Caller.TenantOf(context);
        return quotas.Take(tenant, Quota.Writes) ?? Answer.From(
            await worker.ForgetAsync(new ForgetRequest(tenant, sessionId, user, itemId), context.RequestAborted), ReceiptAnswer.From);
    }
}

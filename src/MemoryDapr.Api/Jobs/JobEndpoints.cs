using MemoryDapr.Api.Identity;
using MemoryDapr.Api.OpenApi;
using MemoryDapr.Api.Requests;
using MemoryDapr.Api.Worker;
using MemoryDapr.Upkeep;

namespace MemoryDapr.Api.Jobs;

/// <summary>How the periodic work is.</summary>
internal static class JobEndpoints
{
    public static void MapJobs(this RouteGroupBuilder memory) =>
        memory.MapGet("/jobs", Get).WithMetadata(new OpenToOperator()).Describe<JobsReport>(new("How the periodic jobs are", Examples.Jobs));

    private static async Task<IResult> Get(HttpContext context, WorkerClient worker, ApiKeys keys)
    {
        RequestCheck check = new(context);

        // Without keys there is one tenant and no operator: nothing is anybody else's.
        JobsRequest request = new(keys.HasKeys ? Caller.Of(context).Tenant : null);
        return check.Failure ?? Answer.From(await worker.GetJobsAsync(request, context.RequestAborted), report => report);
    }
}

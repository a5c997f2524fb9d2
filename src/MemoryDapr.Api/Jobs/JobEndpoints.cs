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

    private static async Task<IResult> Get(HttpContext context, WorkerClient worker)
    {
        RequestCheck check = new(context);
        JobsRequest request = new(Caller.Of(context).Tenant);
        return check.Failure ?? Answer.From(await worker.GetJobsAsync(request, context.RequestAborted), report => report);
    }
}

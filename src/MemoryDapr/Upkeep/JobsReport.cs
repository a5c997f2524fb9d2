namespace MemoryDapr.Upkeep;

/// <summary>How the periodic jobs are.</summary>
/// <param name="Healthy">Whether every job is.</param>
/// <param name="Jobs">Each job.</param>
public sealed record JobsReport(bool Healthy, IReadOnlyList<JobReport> Jobs)
{
    /// <summary>What one of several tenants may see: jobs work for all of them, so counts and messages would tell of the others.</summary>
    public JobsReport ForTenant() => this with { Jobs = [.. Jobs.Select(job => job.ForTenant())] };
}

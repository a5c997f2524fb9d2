namespace MemoryDapr.Upkeep;

/// <summary>How the periodic jobs are.</summary>
/// <param name="Healthy">Whether every job is.</param>
/// <param name="Jobs">Each job.</param>
public sealed record JobsReport(bool Healthy, IReadOnlyList<JobReport> Jobs);

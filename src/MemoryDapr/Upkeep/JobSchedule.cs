namespace MemoryDapr.Upkeep;

/// <summary>When a job runs.</summary>
/// <param name="Job">The job.</param>
/// <param name="Period">Between the starts of two runs.</param>
public sealed record JobSchedule(string Job, TimeSpan Period);

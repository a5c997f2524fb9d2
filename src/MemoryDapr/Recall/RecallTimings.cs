namespace MemoryDapr.Recall;

/// <summary>How long the parts of a recall took, in milliseconds.</summary>
/// <param name="WindowMs">Reading the live session's window; 0 without one.</param>
/// <param name="PlanMs">Intent and plan, and the wait for the models that read and embed the question.</param>
/// <param name="SearchMs">The store's search and ranking, and the model's ordering where it is in use.</param>
/// <param name="PackMs">Packing the context.</param>
/// <param name="TotalMs">All of it.</param>
internal sealed record RecallTimings(double WindowMs, double PlanMs, double SearchMs, double PackMs, double TotalMs);

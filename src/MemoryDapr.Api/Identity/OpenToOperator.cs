namespace MemoryDapr.Api.Identity;

/// <summary>Marks a route that the operator's key opens too.</summary>
internal sealed class OpenToOperator;

namespace MemoryDapr.Api.Quotas;

/// <summary>What a tenant's quota counts.</summary>
internal enum Quota
{
    Recalls,
    Writes,
    Pipelines,
    ModelTokens,
}

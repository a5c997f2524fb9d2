using System.Globalization;

namespace MemoryDapr.Types;

/// <summary>
/// Pipeline ids, which are workflow instance ids: <c>[a-z0-9-]</c>, computed from what the pipeline is for, so that whoever schedules it
/// twice schedules it once.
/// </summary>
internal static class PipelineId
{
    /// <summary>The pipeline that distils a session's turns up to <paramref name="watermark"/> (an ordinal, exclusive).</summary>
    public static string ForDistill(string tenant, string sessionId, long watermark) =>
        $"distill-{StableHash.Hex(32, tenant, sessionId, watermark.ToString(CultureInfo.InvariantCulture))}";

    /// <summary>The pipeline that promotes what a cause (a distill pipeline, a citation batch, a request, a cycle) made ripe.</summary>
    public static string ForPromote(Scope scope, string cause) => $"promote-{StableHash.Hex(32, scope.Tenant, scope.User, cause)}";
}

using System.Net;

namespace MemoryDapr.Types;

/// <summary>
/// Reads why a call to another app failed. A sidecar answers 500 <c>ERR_DIRECT_INVOKE</c> for an open circuit, for a timeout and for an
/// app that is not there alike; only its words differ.
/// </summary>
internal static class SidecarAnswer
{
    /// <summary>Whether the sidecar answered, and not the app that was called.</summary>
    public static bool IsSidecars(string body) => body.Contains("ERR_DIRECT_INVOKE", StringComparison.Ordinal);

    /// <summary>Whether time ran out, in the app that was called or in a policy on the way.</summary>
    public static bool IsTimeout(HttpStatusCode status, string body) =>
        status is HttpStatusCode.GatewayTimeout or HttpStatusCode.RequestTimeout
        || (IsSidecars(body) && body.Contains("deadline exceeded", StringComparison.OrdinalIgnoreCase));
}

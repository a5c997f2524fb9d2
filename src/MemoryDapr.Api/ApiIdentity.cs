using MemoryDapr.Types;

namespace MemoryDapr.Api;

/// <summary>Where the service may do without keys.</summary>
internal static class ApiIdentity
{
    /// <summary>Beside a sidecar whoever reaches the gateway reaches the memory: without keys only when that is said to be meant.</summary>
    public static IReadOnlyList<OptionFault> FaultsBesideSidecar(ApiOptions options) =>
        options.HasKeys || options.AllowAnonymous
            ? []
            : [new OptionFault("Api:Keys", "(none)", "Must have a key, unless Api:AllowAnonymous is true.")];
}

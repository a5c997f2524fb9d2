namespace MemoryDapr.Conformance.Matrix;

/// <summary>What a scenario needs beside the service itself.</summary>
[Flags]
public enum Means
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A chat model that can be scripted.</summary>
    Model = 1,

    /// <summary>Sessions that expire within two minutes.</summary>
    ShortSessions = 2,

    /// <summary>Small quotas and a tenant to use them up.</summary>
    Quotas = 4,

    /// <summary>A rate limit.</summary>
    RateLimit = 8,

    /// <summary>A way to kill the service and start it again.</summary>
    Restart = 16,

    /// <summary>A sidecar that may publish, and deliver to this suite.</summary>
    Events = 32,

    /// <summary>A way to stop and start the vector database.</summary>
    StoreSwitch = 64,

    /// <summary>A way to stop and start the broker.</summary>
    BrokerSwitch = 128,

    /// <summary>A way to stop and start the actors' state store.</summary>
    StateSwitch = 256,

    /// <summary>The metrics of the worker's sidecar.</summary>
    SidecarMetrics = 512,

    /// <summary>The addresses of the apps' own sidecars.</summary>
    SidecarApi = 1024,

    /// <summary>A way to have the actors' state store hang, and go on.</summary>
    StatePause = 2048,
}

namespace EmbeddedDapr.Invocation.Policies;

/// <summary>Which way a component's policy acts.</summary>
internal enum PolicyDirection
{
    /// <summary>From an app to the component: state, publish.</summary>
    Outbound,

    /// <summary>From the component to an app: delivery of events.</summary>
    Inbound,
}

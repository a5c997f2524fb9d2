using System.Diagnostics;

namespace EmbeddedDapr.Invocation;

/// <summary>W3C trace context across the border between two apps.</summary>
internal static class TraceContext
{
    public static readonly ActivitySource Source = new("EmbeddedDapr.Invocation");

    /// <summary>Adds the headers of <paramref name="activity"/> unless the request brings its own.</summary>
    public static void Inject(Activity? activity, HttpRequestMessage request)
    {
        if (activity is null || request.Headers.Contains("traceparent"))
        {
            return;
        }

        DistributedContextPropagator.Current.Inject(
            activity,
            request,
            static (carrier, name, value) => ((HttpRequestMessage)carrier!).Headers.TryAddWithoutValidation(name, value));
    }
}

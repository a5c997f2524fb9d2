using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace MemoryDapr.Telemetry;

/// <summary>Logs, metrics and traces, the same for every app.</summary>
internal static class TelemetryExtensions
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // Requests take from under a millisecond to a model's many seconds.
    private static readonly double[] DurationBuckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    // The framework's own lines, several for each request, tell an operator nothing. The workflow SDK warns of each workflow and activity at
    // every start: its generator registers what is registered by name already.
    private static readonly Dictionary<string, string?> LogLevels = new()
    {
        ["Logging:LogLevel:Default"] = "Warning",
        ["Logging:LogLevel:MemoryDapr"] = "Information",
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information",
        ["Logging:LogLevel:Dapr.Workflow.Worker.WorkflowsFactory"] = "Error",
    };

    /// <summary>
    /// JSON logs on the console, at levels that any other source of configuration overrides; metrics for Prometheus; and, where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set, traces and metrics to
    /// that collector. Without it no span is even made.
    /// </summary>
    public static void AddMemoryTelemetry(this WebApplicationBuilder builder, string appId)
    {
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = LogLevels });
        builder.Logging.ClearProviders().AddJsonConsole(console =>
        {
            console.IncludeScopes = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "O";
        });

        OpenTelemetryBuilder telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(appId, serviceVersion: Version()))
            .WithMetrics(metrics => metrics
                .AddMeter(MemoryTelemetry.Name, "EmbeddedDapr", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime")
                .AddView(
                    instrument => instrument.Unit == "s" ? new ExplicitBucketHistogramConfiguration { Boundaries = DurationBuckets } : null)
                .AddPrometheusExporter());
        if (!string.IsNullOrEmpty(builder.Configuration[OtlpEndpoint]))
        {
            telemetry
                .WithTracing(traces => traces.AddSource(MemoryTelemetry.Name, "EmbeddedDapr.*", "Microsoft.AspNetCore", "System.Net.Http"))
                .UseOtlpExporter();
        }
    }

    private static string Version() =>
        typeof(TelemetryExtensions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
}

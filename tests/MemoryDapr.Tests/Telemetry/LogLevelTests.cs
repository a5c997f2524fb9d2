using MemoryDapr.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Telemetry;

public sealed class LogLevelTests
{
    [Theory]
    [InlineData("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Information, false)]
    [InlineData("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning, true)]
    [InlineData("Microsoft.Hosting.Lifetime", LogLevel.Information, true)]
    [InlineData("MemoryDapr.Sessions.CatchUp", LogLevel.Information, true)]
    [InlineData("Dapr.Workflow.Worker.WorkflowsFactory", LogLevel.Warning, false)]
    [InlineData("Dapr.Workflow.Worker.WorkflowWorker", LogLevel.Warning, true)]
    public void Levels_NothingConfigured_LeaveOutTheFrameworksLines(string category, LogLevel level, bool isLogged) =>
        IsLogged(category, level).ShouldBe(isLogged);

    [Fact]
    public void Levels_Configured_AreThose()
    {
        IsLogged("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Information, ("Logging:LogLevel:Microsoft.AspNetCore", "Information")).ShouldBeTrue();
        IsLogged("MemoryDapr.Sessions.CatchUp", LogLevel.Information, ("Logging:LogLevel:MemoryDapr", "Error")).ShouldBeFalse();
        IsLogged("Some.Other", LogLevel.Debug, ("Logging:LogLevel:Default", "Debug")).ShouldBeTrue();
    }

    private static bool IsLogged(string category, LogLevel level, params (string Key, string Value)[] settings)
    {
        // Where no program has put an appsettings.json.
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = Path.GetTempPath() });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(entry => entry.Key, entry => (string?)entry.Value));
        builder.AddMemoryTelemetry("memory-test");
        using ServiceProvider services = builder.Services.BuildServiceProvider();
        return services.GetRequiredService<ILoggerFactory>().CreateLogger(category).IsEnabled(level);
    }
}

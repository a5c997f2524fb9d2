using MemoryDapr.Conformance.Matrix;
using MemoryDapr.Conformance.Setup;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace MemoryDapr.Conformance;

/// <summary>Runs the scenarios for which the environment has the means. The others are no tests of this run: they are listed instead.</summary>
internal static class TestRun
{
    public static async Task<int> RunAsync(string[] args, ConformanceSettings settings)
    {
        if (args.Any(argument => argument is "-automated" or "@@"))
        {
            return await ConsoleRunner.Run(args);
        }

        await NotRun.WriteAsync(Console.Out, settings);
        string[] filters = [.. MissingNeeds(settings).SelectMany(name => new[] { "--filter-not-trait", $"{ScenarioAttribute.NeedsTrait}={name}" })];
        bool hasQuery = args.Contains("--filter-query");
        return await TestPlatformTestFramework.RunAsync(hasQuery ? args : [.. args, .. filters], SelfRegisteredExtensions.AddSelfRegisteredExtensions);
    }

    private static IEnumerable<string> MissingNeeds(ConformanceSettings settings) =>
        MeansNames.Of(ScenarioMatrix.Rows.Aggregate(Means.None, (missing, row) => missing | settings.MissingFor(row)));
}

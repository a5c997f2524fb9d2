using MemoryDapr.Conformance.Matrix;
using MemoryDapr.Conformance.Setup;

namespace MemoryDapr.Conformance;

/// <summary>Says which scenarios the environment has no means for.</summary>
internal static class NotRun
{
    public static async Task WriteAsync(TextWriter output, ConformanceSettings settings)
    {
        MatrixRow[] rows = [.. ScenarioMatrix.Rows.Where(row => !settings.CanRun(row))];
        await output.WriteLineAsync($"{ScenarioMatrix.Rows.Count - rows.Length} scenarios run, {rows.Length} do not for want of means:");
        foreach (MatrixRow row in rows)
        {
            await output.WriteLineAsync($"  not run  {row.Runs,-7}  {row.Area}.{row.Name}  needs {string.Join(", ", MeansNames.Of(settings.MissingFor(row)))}");
        }
    }
}

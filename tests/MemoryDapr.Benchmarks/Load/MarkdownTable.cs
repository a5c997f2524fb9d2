using System.Globalization;

namespace MemoryDapr.Benchmarks.Load;

/// <summary>Prints a table as docs/benchmarks.md has it, each row when it is known.</summary>
internal sealed class MarkdownTable(TextWriter output)
{
    public static string Number(double value, string format = "F0") => value.ToString(format, CultureInfo.InvariantCulture);

    public static string Ms(double value) => value.ToString(value < 10 ? "F2" : "F1", CultureInfo.InvariantCulture);

    public static string MiB(double bytes) => Number(bytes / 1_048_576);

    /// <summary>The middle one; of an even number the mean of the two in the middle.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    public async Task HeadAsync(params IReadOnlyList<string> columns)
    {
        await RowAsync(columns);
        await RowAsync([.. columns.Select((_, place) => place == 0 ? "---" : "---:")]);
    }

    public async Task RowAsync(params IReadOnlyList<string> cells)
    {
        await output.WriteLineAsync($"| {string.Join(" | ", cells)} |");
        await output.FlushAsync();
    }
}

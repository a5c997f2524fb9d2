using System.Globalization;

namespace MemoryDapr.Conformance.Client;

/// <summary>Reads the Prometheus text format.</summary>
internal static class Metric
{
    /// <summary>The sum of a metric's series whose labels, as they stand in the text, are among those meant.</summary>
    public static double Sum(string text, string name, Func<string, bool> isMeant) =>
        text.Split('\n')
            .Where(line => line.StartsWith(name + "{", StringComparison.Ordinal) && isMeant(line[..(line.LastIndexOf('}') + 1)]))
            .Sum(line => double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture));
}

using System.Reflection;

namespace MemoryDapr.Conformance.Matrix;

/// <summary>All scenarios, as the code has them and as <c>matrix.md</c> lists them.</summary>
internal static class ScenarioMatrix
{
    private const string Suffix = "Scenarios";

    /// <summary>The list that comes with the program.</summary>
    public static string File { get; } = Path.Combine(AppContext.BaseDirectory, "matrix.md");

    /// <summary>The routes and problems, and what shows them, as it comes with the program.</summary>
    public static string Coverage { get; } = Path.Combine(AppContext.BaseDirectory, "coverage.md");

    /// <summary>The scenarios, by area and name.</summary>
    public static IReadOnlyList<MatrixRow> Rows { get; } =
    [
        .. typeof(ScenarioMatrix).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Select(method => (method, scenario: method.GetCustomAttribute<ScenarioAttribute>()))
            .Where(found => found.scenario is not null)
            .Select(found => new MatrixRow(AreaOf(found.method.DeclaringType!), found.method.Name, found.scenario!.Runs, found.scenario.Means))
            .OrderBy(row => row.Area, StringComparer.Ordinal)
            .ThenBy(row => row.Name, StringComparer.Ordinal),
    ];

    /// <summary>The list as a page.</summary>
    public static string Describe()
    {
        string[] lines =
        [
            "# The matrix",
            "",
            $"{Rows.Count} scenarios, {Rows.Count(row => row.Runs == "both")} of which hold in both runtimes. Written by `MemoryDapr.Conformance matrix`.",
            "",
            "| area | scenario | runs | needs |",
            "|---|---|---|---|",
            .. Rows.Select(row => row.ToString()),
        ];
        return string.Join('\n', lines) + "\n";
    }

    private static string AreaOf(Type type) => type.Name.Replace(Suffix, "", StringComparison.Ordinal);
}

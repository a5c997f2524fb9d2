using System.Text.RegularExpressions;
using MemoryDapr.Conformance.Setup;
using Shouldly;
using Xunit;

namespace MemoryDapr.Conformance.Matrix;

/// <summary>The list of scenarios is what the program has, and as large as it has to be.</summary>
public sealed partial class MatrixTests
{
    private static string[] ListedRows =>
        [.. File.ReadLines(ScenarioMatrix.File).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)];

    [Fact]
    public void Matrix_AsListed_IsTheScenariosThatThereAre() =>
        ListedRows.ShouldBe(ScenarioMatrix.Rows.Select(row => row.ToString()), "Write matrix.md again: MemoryDapr.Conformance matrix > matrix.md");

    [Fact]
    public void Matrix_AsListed_Has120ScenariosAnd100ForBothRuntimes()
    {
        ListedRows.Length.ShouldBeGreaterThanOrEqualTo(120);
        ListedRows.Count(row => row.Contains("| both |", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(100);
    }

    [Fact]
    public void Coverage_EachScenarioThatItNames_IsInTheMatrix()
    {
        string[] named = [.. File.ReadLines(ScenarioMatrix.Coverage).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).SelectMany(line => Scenarios().Matches(line)).Select(match => match.Value)];

        named.Length.ShouldBeGreaterThanOrEqualTo(80);
        named.Except(ScenarioMatrix.Rows.Select(row => row.Name)).ShouldBeEmpty();
    }

    [Fact]
    public void Matrix_EachName_IsThereOnceAndSaysItsRule()
    {
        ScenarioMatrix.Rows.GroupBy(row => row.Name).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty();
        ScenarioMatrix.Rows.Where(row => row.Name.Count(letter => letter == '_') != 2).Select(row => row.Name).ShouldBeEmpty();
    }

    [Fact]
    public void Matrix_WithNothingConfigured_LeavesOutNothingThatHoldsInBothRuntimes()
    {
        ConformanceSettings settings = ConformanceSettings.Read(_ => null);

        Means elsewhere = OperatingSystem.IsLinux() ? Means.None : ConformanceSettings.LinuxOnly;
        ScenarioMatrix.Rows.Where(row => row.Runs == "both" && (settings.MissingFor(row) & ~elsewhere) != Means.None).ShouldBeEmpty();
        ScenarioMatrix.Rows.Where(row => row.Runs == "sidecar" && settings.CanRun(row)).ShouldBeEmpty();
    }

    [GeneratedRegex(@"\b[A-Z][A-Za-z]*_[A-Za-z]+_[A-Za-z]+\b", RegexOptions.CultureInvariant)]
    private static partial Regex Scenarios();
}

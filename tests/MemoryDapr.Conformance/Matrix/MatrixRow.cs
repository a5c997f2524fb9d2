namespace MemoryDapr.Conformance.Matrix;

/// <summary>One scenario.</summary>
/// <param name="Area">What of the contract it belongs to.</param>
/// <param name="Name">The rule that it shows.</param>
/// <param name="Runs"><c>both</c> or <c>sidecar</c>.</param>
/// <param name="Means">What it needs.</param>
internal sealed record MatrixRow(string Area, string Name, string Runs, Means Means)
{
    public override string ToString() => $"| {Area} | {Name} | {Runs} | {string.Join(", ", MeansNames.Of(Means))} |";
}

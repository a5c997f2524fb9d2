using System.Runtime.CompilerServices;
using Xunit;
using Xunit.v3;

namespace MemoryDapr.Conformance.Matrix;

/// <summary>A row of the matrix: one rule of the contract, told by the method's name and shown against a running service.</summary>
[AttributeUsage(AttributeTargets.Method)]
#pragma warning disable xUnit3003 // Its two kinds have the constructors that hand the place through.
public abstract class ScenarioAttribute(string runs, Means means, string? sourceFilePath, int sourceLineNumber)
    : FactAttribute(sourceFilePath, sourceLineNumber), ITraitAttribute
#pragma warning restore xUnit3003
{
    /// <summary>The trait that says where a scenario runs.</summary>
    public const string RunsTrait = "runs";

    /// <summary>The trait that names each thing that a scenario needs.</summary>
    public const string NeedsTrait = "needs";

    /// <summary><c>both</c> or <c>sidecar</c>.</summary>
    public string Runs { get; } = runs;

    /// <summary>What the environment must have for it.</summary>
    public Means Means { get; } = means;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() =>
        [new(RunsTrait, Runs), .. MeansNames.Of(Means).Select(name => KeyValuePair.Create(NeedsTrait, name))];
}

/// <summary>Holds in both runtimes.</summary>
public sealed class BothAttribute(Means means = Means.None, [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
    : ScenarioAttribute("both", means, sourceFilePath, sourceLineNumber);

/// <summary>Needs daprd, or what stands behind it.</summary>
public sealed class SidecarAttribute(Means means, [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
    : ScenarioAttribute("sidecar", means, sourceFilePath, sourceLineNumber);

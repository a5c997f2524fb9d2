namespace EmbeddedDapr.Resources;

/// <summary>The resources cannot be used. The message lists every fault with its file.</summary>
/// <param name="errors">The faults, each with its file.</param>
public sealed class InvalidResourcesException(IReadOnlyList<string> errors)
    : Exception("Invalid resources:" + string.Concat(errors.Select(error => Environment.NewLine + "- " + error)))
{
    /// <summary>The faults, each with its file.</summary>
    public IReadOnlyList<string> Errors { get; } = errors;
}

namespace MemoryDapr.Models;

/// <summary>A prompt that stands beside the code that sends it: <c>name.md</c> holds the instructions, <c>name.json</c> the answer's schema.</summary>
/// <param name="Instructions">The system prompt.</param>
/// <param name="Schema">The schema of the answer.</param>
internal sealed record Prompt(string Instructions, BinaryData Schema)
{
    /// <summary>Reads both from this assembly's resources.</summary>
    public static Prompt Load(string name) => new(Read($"{name}.md").ToString(), Read($"{name}.json"));

    private static BinaryData Read(string resource)
    {
        using Stream stream = typeof(Prompt).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The resource {resource} is missing from the assembly.");
        return BinaryData.FromStream(stream);
    }
}

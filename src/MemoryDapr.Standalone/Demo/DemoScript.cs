using System.Text.Json;
using MemoryDapr.Types;

namespace MemoryDapr.Standalone.Demo;

/// <summary>The sample: what is said, and what is asked afterwards.</summary>
internal sealed record DemoScript(string User, IReadOnlyList<DemoSession> Sessions, IReadOnlyList<string> Questions)
{
    /// <summary>Reads the sample that is part of the program.</summary>
    public static DemoScript Load()
    {
        using Stream stream = typeof(DemoScript).Assembly.GetManifestResourceStream("sample.json")
            ?? throw new InvalidOperationException("The sample is not part of this build.");
        return JsonSerializer.Deserialize<DemoScript>(stream, MemoryJson.Options)
            ?? throw new InvalidOperationException("The sample is empty.");
    }
}

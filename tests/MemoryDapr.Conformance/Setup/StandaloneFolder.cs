using System.Reflection;

namespace MemoryDapr.Conformance.Setup;

/// <summary>What Standalone is started with: a folder of its own, and the resources it comes with but for what a test cannot wait for.</summary>
internal static class StandaloneFolder
{
    /// <summary>The program that the build has put beside the suite.</summary>
    public static string BuiltProgram =>
        typeof(StandaloneFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(metadata => metadata.Key == "Standalone").Value!;

    /// <summary>
    /// A new folder whose resources name the model, and try an open model circuit again after 3 seconds instead of 30. A machine that builds
    /// beside the suite holds up a sync for longer than the policies of a service wait: these wait longer.
    /// </summary>
    public static string Create(string program, Uri model)
    {
        string folder = Directory.CreateTempSubdirectory("memorydapr-conformance-").FullName;
        string components = Directory.CreateDirectory(Path.Combine(folder, "components")).FullName;
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Path.GetDirectoryName(program)!, "components"), "*.yaml"))
        {
            string text = File.ReadAllText(file);
            text = Path.GetFileName(file) switch
            {
                "openai.yaml" => Replace(text, "https://api.openai.com", model.GetLeftPart(UriPartial.Authority)),
                "resiliency.yaml" => Replace(Replace(Replace(text, "timeout: 30s", "timeout: 3s"), "worker: 5s", "worker: 15s"), "model: 60s", "model: 240s"),
                _ => text,
            };
            File.WriteAllText(Path.Combine(components, Path.GetFileName(file)), text);
        }

        return folder;
    }

    private static string Replace(string text, string old, string replacement) =>
        text.Contains(old, StringComparison.Ordinal)
            ? text.Replace(old, replacement, StringComparison.Ordinal)
            : throw new InvalidOperationException($"The resources do not say '{old}' any more.");
}

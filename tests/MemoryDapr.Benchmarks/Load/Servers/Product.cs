using System.Reflection;

namespace MemoryDapr.Benchmarks.Load.Servers;

/// <summary>MemoryDapr.Standalone as it was built, on a data folder.</summary>
internal static class Product
{
    /// <summary>The one component that is left out: everything here comes from one address, which it takes for one client.</summary>
    public const string LeftOut = "memory-gateway-ratelimit.yaml";

    /// <summary>The built program.</summary>
    public static string Program { get; } = typeof(Product).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(metadata => metadata.Key == "Standalone")
        .Value!;

    /// <summary>Starts it with its own components but <see cref="LeftOut"/>, and with default options but those given.</summary>
    public static Task<ChildProcess> StartAsync(string folder, int port, IEnumerable<string> options, CancellationToken cancellationToken)
    {
        string components = Path.Combine(folder, "components");
        string source = Path.Combine(Path.GetDirectoryName(Program)!, "components");
        foreach (string file in Directory.EnumerateFiles(source, "*.yaml", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != LeftOut))
        {
            string copy = Path.Combine(components, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }

        return ChildProcess.StartAsync(
            [Program, "--urls", $"http://127.0.0.1:{port}", "--data", DataIn(folder), "--components", components, .. options], cancellationToken);
    }

    /// <summary>Where it keeps what it knows.</summary>
    public static string DataIn(string folder) => Path.Combine(folder, "data");
}

using System.Reflection;

namespace MemoryDapr.Crash.Server;

/// <summary>Where the build has put what is started.</summary>
internal static class BuiltFiles
{
    public static string Standalone { get; } = Find("Standalone");

    public static string Hook { get; } = Find("Hook");

    public static string Repository { get; } = Find("Repository");

    private static string Find(string key) => typeof(BuiltFiles).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(metadata => metadata.Key == key)
        .Value!;
}

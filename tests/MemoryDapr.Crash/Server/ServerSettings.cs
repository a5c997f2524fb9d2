namespace MemoryDapr.Crash.Server;

/// <summary>What is started.</summary>
/// <param name="Program">The Standalone assembly.</param>
/// <param name="Folder">Where its data, its resources and its log are.</param>
/// <param name="Options">Its options.</param>
internal sealed record ServerSettings(string Program, string Folder, IReadOnlyDictionary<string, string> Options)
{
    public string Data => Path.Combine(Folder, "data");

    public string Components => Path.Combine(Folder, "components");

    public string Log => Path.Combine(Folder, "server.log");

    /// <summary>
    /// A new folder with the program's own resources but for the rate limit: everything here comes from one address, which it takes for
    /// one client.
    /// </summary>
    public static ServerSettings Create(string program, string folder, IReadOnlyDictionary<string, string> options)
    {
        var settings = new ServerSettings(program, folder, options);
        string source = Path.Combine(Path.GetDirectoryName(program)!, "components");
        foreach (string file in Directory.EnumerateFiles(source, "*.yaml", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith("-ratelimit.yaml", StringComparison.Ordinal)))
        {
            string copy = Path.Combine(settings.Components, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }

        return settings;
    }
}

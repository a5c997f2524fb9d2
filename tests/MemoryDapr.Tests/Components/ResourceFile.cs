using YamlDotNet.RepresentationModel;

namespace MemoryDapr.Tests.Components;

/// <summary>One file of <c>components/</c>, as it is in the repository.</summary>
internal sealed class ResourceFile
{
    private ResourceFile(string path, string text)
    {
        Path = path;
        Lines = text.Split('\n');
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        Documents = stream.Documents.Count;
        Root = new Node(stream.Documents[0].RootNode);
    }

    /// <summary>The repository's folder.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The path below the repository, with slashes.</summary>
    public string Path { get; }

    public IReadOnlyList<string> Lines { get; }

    public int Documents { get; }

    public Node Root { get; }

    public string Kind => Root["kind"].Text;

    public string Name => Root["metadata"]["name"].Text;

    public string Type => Root["spec"]["type"].Text;

    public IReadOnlyList<string> Scopes => [.. Root["scopes"].Items.Select(scope => scope.Text)];

    /// <summary>Everything in a folder of the repository, and not in those below it.</summary>
    public static IReadOnlyList<ResourceFile> ReadFolder(string folder) =>
        [.. Directory.EnumerateFiles(System.IO.Path.Combine(Repository, folder), "*.yaml")
            .Order(StringComparer.Ordinal)
            .Select(file => Read($"{folder}/{System.IO.Path.GetFileName(file)}"))];

    public static ResourceFile Read(string path) => new(path, File.ReadAllText(System.IO.Path.Combine(Repository, path)));

    /// <summary>A setting of a component.</summary>
    public string Setting(string name) =>
        Root["spec"]["metadata"].Items.Single(entry => entry["name"].Text == name)["value"].Text;

    public override string ToString() => Path;

    private static string FindRepository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "MemoryDapr.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}

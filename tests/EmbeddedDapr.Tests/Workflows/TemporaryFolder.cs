namespace EmbeddedDapr.Tests.Workflows;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("workflows-").FullName;

    /// <summary>What a process that is killed now would leave behind. Nothing may be written meanwhile.</summary>
    public TemporaryFolder Image()
    {
        var image = new TemporaryFolder();
        foreach (string file in (string[])["dapr.db", "dapr.db-wal"])
            File.Copy(System.IO.Path.Combine(Path, file), System.IO.Path.Combine(image.Path, file));

        return image;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

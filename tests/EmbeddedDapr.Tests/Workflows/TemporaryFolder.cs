namespace EmbeddedDapr.Tests.Workflows;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("workflows-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

namespace MemoryDapr.Conformance.Setup;

/// <summary>
/// Has every write of a Standalone on this machine wait: another process holds the lock that a writer of a SQLite file takes, the byte 120
/// of the file's shared memory. Readers go on.
/// </summary>
internal sealed class HangingDisk(string data) : FaultSwitch
{
    private const long WriteLock = 120;

    private readonly List<FileStream> _held = [];

    protected override async Task StopAsync()
    {
        foreach (string file in Directory.EnumerateFiles(data, "*-shm"))
        {
            var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            _held.Add(stream);
            await Client.Eventually.SeeAsync($"The lock of {file} is ours", () => Task.FromResult(TryLock(stream)), isOurs => isOurs);
        }
    }

    protected override async Task StartAsync()
    {
        foreach (FileStream stream in _held)
        {
            await stream.DisposeAsync();
        }

        _held.Clear();
    }

    private static bool TryLock(FileStream stream)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PlatformNotSupportedException();
        }

        try
        {
            stream.Lock(WriteLock, 1);
            return true;
        }
        catch (IOException)
        {
            // It writes just now.
            return false;
        }
    }
}

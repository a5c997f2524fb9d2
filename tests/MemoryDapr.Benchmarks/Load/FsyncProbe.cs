using System.Diagnostics;

namespace MemoryDapr.Benchmarks.Load;

/// <summary>What the disk itself can do: appends of 4 KiB to a file, each made durable before the next.</summary>
internal static class FsyncProbe
{
    private const int Block = 4096;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    /// <summary>Durable appends per second in this folder.</summary>
    public static double Run(string folder)
    {
        string path = Path.Combine(folder, "fsync.probe");
        byte[] block = new byte[Block];
        int count = 0;
        long start = Stopwatch.GetTimestamp();
        using (var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            while (Stopwatch.GetElapsedTime(start) < Duration)
            {
                file.Write(block);
                file.Flush(flushToDisk: true);
                count++;
            }
        }

        double perSecond = count / Stopwatch.GetElapsedTime(start).TotalSeconds;
        File.Delete(path);
        return perSecond;
    }
}

using System.Diagnostics;
using MemoryDapr.Crash.Server;

namespace MemoryDapr.Crash.Faults;

/// <summary>
/// Builds the program with one fault: a write is answered before it is committed. A run that does not find it is worth nothing.
/// </summary>
internal static class AcknowledgeBeforeCommit
{
    private const string Database = "src/EmbeddedDapr/Storage/GroupCommitDatabase.cs";

    private static readonly (string Correct, string Wrong)[] Changes = [
        ("            Sync();", "            group.ForEach(write => write.Complete());\n            Sync();"),
        ("_completion.SetResult(_result!);", "_completion.TrySetResult(_result!);"),
    ];

    /// <summary>Builds it in a new folder and answers the path of the program.</summary>
    public static async Task<string> BuildAsync(TextWriter output, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("memorydapr-fault-").FullName;
        foreach (string part in new[] { "src", "components", "eng" })
        {
            Copy(Path.Combine(BuiltFiles.Repository, part), Path.Combine(folder, part));
        }

        foreach (string file in Directory.EnumerateFiles(BuiltFiles.Repository).Where(file => Path.GetExtension(file) is ".props" or ".targets" or ".json" or ".editorconfig"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        await ChangeAsync(Path.Combine(folder, Database), cancellationToken);
        await output.WriteLineAsync($"building the faulty program in {folder}");
        await RunAsync(folder, ["build", "src/MemoryDapr.Standalone", "-v", "quiet", "-nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false"], cancellationToken);
        return Path.Combine(folder, "src/MemoryDapr.Standalone/bin/embedded/Debug/net10.0/MemoryDapr.Standalone.dll");
    }

    private static async Task ChangeAsync(string path, CancellationToken cancellationToken)
    {
        string source = await File.ReadAllTextAsync(path, cancellationToken);
        foreach ((string correct, string wrong) in Changes)
        {
            if (source.Split(correct).Length != 2)
            {
                throw new InvalidOperationException($"{Database} does not have exactly one '{correct.Trim()}': the fault has to be written anew.");
            }

            source = source.Replace(correct, wrong, StringComparison.Ordinal);
        }

        await File.WriteAllTextAsync(path, source, cancellationToken);
    }

    private static void Copy(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (string file in Directory.EnumerateFiles(source))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        foreach (string folder in Directory.EnumerateDirectories(source).Where(folder => Path.GetFileName(folder) is not ("bin" or "obj")))
        {
            Copy(folder, Path.Combine(target, Path.GetFileName(folder)));
        }
    }

    private static async Task RunAsync(string folder, string[] arguments, CancellationToken cancellationToken)
    {
        using Process build = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder })
            ?? throw new InvalidOperationException("dotnet did not start.");
        await build.WaitForExitAsync(cancellationToken);
        if (build.ExitCode != 0)
        {
            throw new InvalidOperationException($"The faulty program was not built: exit code {build.ExitCode}.");
        }
    }
}

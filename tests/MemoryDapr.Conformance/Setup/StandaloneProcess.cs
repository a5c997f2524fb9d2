using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace MemoryDapr.Conformance.Setup;

/// <summary>Standalone as a process of its own, which can be killed and started again on the same data and port.</summary>
internal sealed partial class StandaloneProcess(string program, string folder, IReadOnlyDictionary<string, string> options) : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly StringBuilder _output = new();
    private readonly Lock _lock = new();
#pragma warning disable CA2213 // Disposed by KillAsync, which DisposeAsync calls.
    private Process? _process;
#pragma warning restore CA2213
    private TaskCompletionSource<Uri> _listening = new();

    private readonly string _data = Path.Combine(folder, "data");

    /// <summary>Where it listens.</summary>
    public Uri Url { get; private set; } = new("http://127.0.0.1:0/");

    /// <summary>Has every write fail at once, as on a full disk: the process may make no file longer than nothing.</summary>
    public FaultSwitch FullDisk => new ShellSwitch($"prlimit --pid {_process!.Id} --fsize=0:", $"prlimit --pid {_process!.Id} --fsize=unlimited:");

    /// <summary>Has every write wait.</summary>
    public FaultSwitch HangingDisk => new HangingDisk(_data);

    /// <summary>Starts it and returns when it listens.</summary>
    public async Task StartAsync()
    {
        _listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        string[] command = program.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", program] : [program];
        // A file that may not grow is to be an error of the write, as on a full disk, and not a signal.
        string[] shell = OperatingSystem.IsLinux() ? ["/bin/sh", "-c", "trap '' XFSZ; exec \"$0\" \"$@\""] : [];
        string[] line = [.. shell, .. command];
        var start = new ProcessStartInfo(line[0])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        string[] arguments =
        [
            .. line[1..],
            "--urls", Url.GetLeftPart(UriPartial.Authority),
            "--data", _data,
            "--components", Path.Combine(folder, "components"),
            .. options.SelectMany(option => new[] { "--" + option.Key, option.Value }),
        ];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException($"Standalone ended before it listened:\n{Output()}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Url = await _listening.Task.WaitAsync(StartTimeout, TimeProvider.System);
    }

    /// <summary>Kills it (SIGKILL).</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            _ = _listening.Task.Exception;
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(folder, recursive: true);
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lock)
        {
            _output.AppendLine(line);
        }

        if (Listening().Match(line) is { Success: true } match)
        {
            _listening.TrySetResult(new Uri(match.Groups[1].Value + "/"));
        }
    }

    private string Output()
    {
        lock (_lock)
        {
            return _output.ToString();
        }
    }

    [GeneratedRegex(@"MemoryDapr listens on (http://[0-9.:]+)")]
    private static partial Regex Listening();
}

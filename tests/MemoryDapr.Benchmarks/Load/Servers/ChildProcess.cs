using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MemoryDapr.Benchmarks.Load.Servers;

/// <summary>A .NET program in a process of its own that says where it listens.</summary>
internal sealed partial class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> _lastLines = new();

    private ChildProcess(Process process) => _process = process;

    /// <summary>Where it listens.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>From its start until it listened.</summary>
    public TimeSpan StartTime { get; private set; }

    /// <summary>Starts <c>dotnet</c> with these arguments and answers when the program listens.</summary>
    public static async Task<ChildProcess> StartAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        var child = new ChildProcess(new Process { StartInfo = start });
        child._process.OutputDataReceived += (_, line) => child.Read(line.Data);
        child._process.ErrorDataReceived += (_, line) => child.Read(line.Data);
        long started = Stopwatch.GetTimestamp();
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        child.Url = await child._listening.Task.WaitAsync(StartTimeout, TimeProvider.System, cancellationToken);
        child.StartTime = Stopwatch.GetElapsedTime(started);
        return child;
    }

    /// <summary>The bytes of the process in physical memory.</summary>
    public long ReadResidentBytes()
    {
        _process.Refresh();
        return _process.HasExited ? 0 : _process.WorkingSet64;
    }

    /// <summary>The processor time that it has used.</summary>
    public TimeSpan ReadProcessorTime()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }

    /// <summary>Asks it to stop, as a service's supervisor does, and waits until it has.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var terminate = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await terminate.WaitForExitAsync();
            using var deadline = new CancellationTokenSource(StopTimeout, TimeProvider.System);
            try
            {
                await _process.WaitForExitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
                await _process.WaitForExitAsync();
            }
        }

        _process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            _listening.TrySetException(new InvalidOperationException($"The program ended: {string.Join('\n', _lastLines)}"));
            return;
        }

        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            while (_lastLines.Count > 10)
            {
                _lastLines.Dequeue();
            }
        }

        if (Listening().Match(line) is { Success: true } listening)
        {
            _listening.TrySetResult(new Uri(listening.Groups[1].Value));
        }
        else if (line.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal) || line.Contains("\"LogLevel\":\"Critical\"", StringComparison.Ordinal))
        {
            Console.Error.WriteLine(line);
        }
    }

    [GeneratedRegex(@"listens on (http://[0-9.:]+)")]
    private static partial Regex Listening();
}

using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MemoryDapr.Crash.Server;

/// <summary>One life of Standalone, with the hook in it.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<long>? _heap;

    private ServerProcess(Process process, StreamWriter log)
    {
        _process = process;
        _log = log;
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Done when the process has ended.</summary>
    public Task Exited => _exited.Task;

    public int Id => _process.Id;

    /// <summary>Where the hook said that it kills the process; null if it has not.</summary>
    public string? KilledAt { get; private set; }

    /// <summary>Starts the process and answers when it listens.</summary>
    public static async Task<ServerProcess> StartAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = settings.Folder,
        };
        string[] arguments = [settings.Program, "--urls", "http://127.0.0.1:0", "--data", settings.Data, "--components", settings.Components];
        foreach (string argument in arguments.Concat(settings.Options.SelectMany(option => new[] { $"--{option.Key}", option.Value })))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_STARTUP_HOOKS"] = BuiltFiles.Hook;
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var server = new ServerProcess(process, new StreamWriter(settings.Log, append: true) { AutoFlush = true });
        process.OutputDataReceived += (_, line) => server.Read(line.Data);
        process.ErrorDataReceived += (_, line) => server.Read(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _ = server.WatchAsync();
        server.Url = await server._listening.Task.WaitAsync(StartTimeout, TimeProvider.System, cancellationToken);
        return server;
    }

    /// <summary>Tells the hook where to kill the process.</summary>
    public Task ArmAsync(string order) => OrderAsync("kill " + order);

    /// <summary>Collects all garbage and answers how many bytes of the heap are left.</summary>
    public async Task<long> CollectAsync()
    {
        _heap = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        await OrderAsync("collect");
        return await _heap.Task.WaitAsync(StartTimeout, TimeProvider.System);
    }

    /// <summary>The bytes of the process in physical memory.</summary>
    public long ReadResidentBytes()
    {
        _process.Refresh();
        return _process.WorkingSet64;
    }

    /// <summary>Ends the process at once if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await Exited;
        _process.Dispose();
        await _log.DisposeAsync();
    }

    private async Task OrderAsync(string order)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(order);
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException) when (_process.HasExited)
        {
            // It is dead already, which whoever waits for it sees.
        }
    }

    private async Task WatchAsync()
    {
        await _process.WaitForExitAsync();
        _listening.TrySetException(new InvalidOperationException($"The program ended with {_process.ExitCode} before it listened."));
        _ = _listening.Task.Exception;
        _exited.SetResult();
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lock)
        {
            _log.WriteLine(line);
        }

        if (Listening().Match(line) is { Success: true } listening)
        {
            _listening.TrySetResult(new Uri(listening.Groups[1].Value));
        }
        else if (line.StartsWith("killed at ", StringComparison.Ordinal))
        {
            KilledAt = line["killed at ".Length..];
        }
        else if (line.StartsWith("heap ", StringComparison.Ordinal))
        {
            _heap?.TrySetResult(long.Parse(line["heap ".Length..], CultureInfo.InvariantCulture));
        }
    }

    [GeneratedRegex(@"MemoryDapr listens on (http://[0-9.:]+)")]
    private static partial Regex Listening();
}

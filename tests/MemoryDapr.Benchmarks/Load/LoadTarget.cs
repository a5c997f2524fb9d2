using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MemoryDapr.Benchmarks.Load.Data;
using MemoryDapr.Benchmarks.Load.Loops;
using MemoryDapr.Benchmarks.Load.Servers;

namespace MemoryDapr.Benchmarks.Load;

/// <summary>The service under load: started here on a fresh folder, or running elsewhere.</summary>
internal sealed partial class LoadTarget : IAsyncDisposable
{
    private const int QuietReadings = 4;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    private readonly LoadClient _client;
    private readonly string? _folder;

    private LoadTarget(Uri url, string? key, string? folder, ChildProcess? process)
    {
        Url = url;
        Key = key;
        _folder = folder;
        Process = process;
        _client = new LoadClient(url, key);
    }

    public Uri Url { get; }

    public string? Key { get; }

    /// <summary>The process; null where the service runs elsewhere.</summary>
    public ChildProcess? Process { get; private set; }

    /// <summary>Where a probe of the disk belongs: the service's data; the temporary folder where it runs elsewhere.</summary>
    public string Disk => _folder is null ? Path.GetTempPath() : Product.DataIn(_folder);

    public static async Task<LoadTarget> OpenAsync(LoadSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Url is { } url)
        {
            return new LoadTarget(url, settings.Key, null, null);
        }

        string folder = Directory.CreateTempSubdirectory("memorydapr-load-").FullName;
        ChildProcess process = await Product.StartAsync(folder, settings.Port, settings.Options, cancellationToken);
        return new LoadTarget(process.Url, settings.Key, folder, process);
    }

    /// <summary>Appends sessions, some clients at a time, each session by one client; throws if one is refused.</summary>
    public async Task<LoadResult> AppendAsync(IEnumerable<LoadSession> sessions, int clients, int turnsPerRequest, CancellationToken cancellationToken)
    {
        using IEnumerator<LoadSession> all = sessions.GetEnumerator();
        Lock gate = new();
        IEnumerable<LoadRequest> Share()
        {
            while (true)
            {
                LoadSession session;
                lock (gate)
                {
                    if (!all.MoveNext())
                    {
                        yield break;
                    }

                    session = all.Current;
                }

                foreach (LoadRequest request in session.ToRequests(turnsPerRequest))
                {
                    yield return request;
                }
            }
        }

        LoadResult result = await ClosedLoop.DrainAsync(Url, Key, clients, _ => Share().GetEnumerator(), cancellationToken);
        return result.Errors == 0 ? result : throw new InvalidOperationException($"Appends failed: {result.DescribeErrors()}.");
    }

    /// <summary>Sends one request.</summary>
    public Task<(int Status, int Length)> SendAsync(LoadRequest request) => _client.SendAsync(request);

    /// <summary>Waits until everything is indexed and no pipeline waits or runs, and answers how long that took.</summary>
    public async Task<TimeSpan> DrainAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        long start = TimeProvider.System.GetTimestamp();
        TimeSpan quietSince = TimeSpan.Zero;
        for (int quiet = 0; quiet < QuietReadings; await Task.Delay(Poll, TimeProvider.System, cancellationToken))
        {
            TimeSpan elapsed = TimeProvider.System.GetElapsedTime(start);
            bool isQuiet = await ReadMetricAsync("memory_catchup_backlog", cancellationToken) is null or 0 && !await HasPipelinesAsync(cancellationToken);
            quiet = isQuiet ? quiet + 1 : 0;
            quietSince = quiet == 1 ? elapsed : quietSince;
            if (elapsed > limit)
            {
                throw new TimeoutException($"There is still work after {limit}.");
            }
        }

        return quietSince;
    }

    /// <summary>The value of a metric; null where there is none.</summary>
    public async Task<double?> ReadMetricAsync(string name, CancellationToken cancellationToken)
    {
        string text = System.Text.Encoding.UTF8.GetString(await _client.ReadAsync(new LoadRequest("/metrics"), cancellationToken));
        Match[] found = [.. MetricLine().Matches(text).Where(match => match.Groups[1].Value == name)];
        return found.Length == 0 ? null : found.Sum(match => double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
    }

    public async Task<JsonDocument> ReadJsonAsync(string path, CancellationToken cancellationToken) =>
        JsonDocument.Parse(await _client.ReadAsync(new LoadRequest(path), cancellationToken));

    /// <summary>Stops the service and starts it again on the same data.</summary>
    public async Task<LoadTarget> RestartAsync(LoadSettings settings, CancellationToken cancellationToken)
    {
        if (Process is null)
        {
            throw new InvalidOperationException("A service that runs elsewhere cannot be restarted from here.");
        }

        await Process.DisposeAsync();
        Process = null;
        _client.Dispose();
        ChildProcess process = await Product.StartAsync(_folder!, settings.Port, settings.Options, cancellationToken);
        return new LoadTarget(process.Url, Key, _folder, process);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (Process is not null)
        {
            await Process.DisposeAsync();
            Directory.Delete(_folder!, recursive: true);
        }
    }

    private async Task<bool> HasPipelinesAsync(CancellationToken cancellationToken)
    {
        using JsonDocument page = await ReadJsonAsync("/memory/pipelines?status=queued,running,waiting&limit=1", cancellationToken);
        return page.RootElement.GetProperty("items").GetArrayLength() > 0;
    }

    [GeneratedRegex(@"^([a-z_]+)(?:\{[^}]*\})? ([0-9.eE+-]+)", RegexOptions.Multiline)]
    private static partial Regex MetricLine();
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EmbeddedDapr.Tests.Invocation;

/// <summary>A runtime over a folder of its own, and the apps that a test lets join it.</summary>
internal sealed class TestRuntime : IAsyncDisposable
{
    private readonly string _directory;
    private readonly List<WebApplication> _apps = [];

    private TestRuntime(string directory, EmbeddedRuntime runtime)
    {
        _directory = directory;
        Runtime = runtime;
    }

    public EmbeddedRuntime Runtime { get; }

    public static TestRuntime Open(
        string? token = null, TimeProvider? time = null, params (string File, string Text)[] resources)
    {
        string directory = Directory.CreateTempSubdirectory("embedded-dapr-").FullName;
        string folder = Path.Combine(directory, "components");
        Directory.CreateDirectory(folder);
        foreach ((string file, string text) in resources)
        {
            File.WriteAllText(Path.Combine(folder, file), text);
        }

        EmbeddedRuntimeOptions options = new()
        {
            DataDirectory = directory,
            ResourcesDirectory = folder,
            TimeProvider = time ?? TimeProvider.System,
            AppApiToken = token,
        };
        return new TestRuntime(directory, EmbeddedRuntime.Open(options, NullLoggerFactory.Instance));
    }

    public WebApplication Build(string appId, Action<WebApplicationBuilder>? configure = null, bool keepListener = false)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.UseEmbeddedSidecar(Runtime, appId, keepListener);
        configure?.Invoke(builder);
        WebApplication app = builder.Build();
        _apps.Add(app);
        return app;
    }

    public void Own(WebApplication app) => _apps.Add(app);

    public HttpClient ClientTo(string appId) =>
        new(Runtime.ChannelTo(appId)) { BaseAddress = new Uri($"http://{appId}") };

    public async ValueTask DisposeAsync()
    {
        foreach (WebApplication app in _apps)
        {
            await app.DisposeAsync();
        }

        await Runtime.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}

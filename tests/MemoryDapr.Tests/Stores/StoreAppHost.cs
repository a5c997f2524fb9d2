using EmbeddedDapr;
using MemoryDapr.Store;
using MemoryDapr.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryDapr.Tests.Stores;

/// <summary>The app memory-store as it runs, with other apps beside it that call it by service invocation.</summary>
internal sealed class StoreAppHost : IAsyncDisposable
{
    public const string Token = "the-app-token";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("memory-store-app-");
    private readonly List<WebApplication> _apps = [];
    private EmbeddedRuntime? _runtime;

    /// <summary>The store app's own listener, as anybody on the machine reaches it.</summary>
    public Uri Listener => new(_apps[0].Urls.First());

    public static async Task<StoreAppHost> StartAsync()
    {
        var host = new StoreAppHost();
        string resources = host._folder.CreateSubdirectory("components").FullName;
        var options = new EmbeddedRuntimeOptions { DataDirectory = host._folder.FullName, ResourcesDirectory = resources, AppApiToken = Token };
        host._runtime = EmbeddedRuntime.Open(options, NullLoggerFactory.Instance);
        WebApplicationBuilder builder = host.NewBuilder(StoreRoutes.AppId, keepListener: true);
        builder.Configuration["Store:Directory"] = host._folder.FullName;
        StoreApp.AddServices(builder);
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        StoreApp.Configure(app);
        await app.StartAsync();
        host._apps.Add(app);
        return host;
    }

    /// <summary>An app under this id, as a client of the store.</summary>
    public async Task<IMemoryStore> JoinAsync(string appId)
    {
        WebApplicationBuilder builder = NewBuilder(appId, keepListener: false);
        builder.Services.AddDaprClient();
        builder.Services.AddInvokedMemoryStore();
        WebApplication app = builder.Build();
        await app.StartAsync();
        _apps.Add(app);
        return app.Services.GetRequiredService<IMemoryStore>();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (WebApplication app in Enumerable.Reverse(_apps))
        {
            await app.DisposeAsync();
        }

        await _runtime!.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private WebApplicationBuilder NewBuilder(string appId, bool keepListener)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder.UseEmbeddedSidecar(_runtime!, appId, keepListener);
    }
}

using System.Security.Cryptography;
using EmbeddedDapr;
using EmbeddedDapr.Resources;
using MemoryDapr.Api;
using MemoryDapr.Standalone.Demo;
using MemoryDapr.Store;
using MemoryDapr.Stores;
using MemoryDapr.Types;
using MemoryDapr.Worker;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MemoryDapr.Standalone;

/// <summary>
/// The three apps in one process, each with a container of its own: memory-store and memory-worker are reached in process only,
/// memory-api also by its one listener, behind the gateway's rate limit. Store calls are plain calls.
/// </summary>
internal sealed class StandaloneHost : IAsyncDisposable
{
    private const string DefaultUrl = "http://127.0.0.1:8080";

    private readonly EmbeddedRuntime _runtime;
    private readonly ILoggerFactory _loggers;
    private readonly WebApplication _store;
    private readonly WebApplication _worker;
    private readonly WebApplication _api;

    private StandaloneHost(EmbeddedRuntime runtime, ILoggerFactory loggers, WebApplication store, WebApplication worker, WebApplication api)
    {
        _runtime = runtime;
        _loggers = loggers;
        _store = store;
        _worker = worker;
        _api = api;
    }

    /// <summary>Where it listens, once it is started.</summary>
    public IReadOnlyList<Uri> Urls => [.. _api.Urls.Select(url => new Uri(url))];

    /// <summary>Runs until it is told to stop (SIGTERM, Ctrl+C).</summary>
    public static async Task RunAsync(StandaloneArguments arguments)
    {
        await using StandaloneHost host = Build(arguments.Options);
        await host.StartAsync();
        try
        {
            CancellationToken stopping = host._api.Lifetime.ApplicationStopping;
            await StartReport.WriteAsync(Console.Out, host._api.Configuration, host.Urls);
            if (arguments.Demo)
            {
                await DemoPlayer.PlayAsync(host.Urls[0], host._api.Configuration, Console.Out, TimeProvider.System, stopping);
            }

            await host._api.WaitForShutdownAsync(CancellationToken.None);
        }
        finally
        {
            await host.StopAsync();
        }
    }

    /// <summary>Makes the apps; nothing listens and nothing runs yet.</summary>
    /// <exception cref="InvalidConfigurationException">Something is configured that cannot be; the message lists all of it.</exception>
    public static StandaloneHost Build(IReadOnlyDictionary<string, string?> options)
    {
        string data = Path.GetFullPath(options.GetValueOrDefault("data") ?? "data");
        string components = Path.GetFullPath(options.GetValueOrDefault("components") ?? Path.Combine(AppContext.BaseDirectory, "components"));
        WebApplicationBuilder store = CreateBuilder(options, data);
        WebApplicationBuilder worker = CreateBuilder(options, data);
        WebApplicationBuilder api = CreateBuilder(options, data);
        string urls = api.Configuration[WebHostDefaults.ServerUrlsKey] ?? DefaultUrl;
        api.WebHost.UseUrls(urls);

        ILoggerFactory loggers = LoggerFactory.Create(logging => logging.AddConfiguration(api.Configuration.GetSection("Logging")).AddJsonConsole());
        EmbeddedRuntime runtime = Open(data, components, loggers);
        store.UseEmbeddedSidecar(runtime, "memory-store");
        worker.UseEmbeddedSidecar(runtime, WorkerRoutes.AppId);
        api.UseEmbeddedSidecar(runtime, ApiApp.AppId, keepListener: true);

        store.Services.AddSingleton<IHostLifetime, InnerLifetime>();
        worker.Services.AddSingleton<IHostLifetime, InnerLifetime>();
        StoreApp.AddServices(store);
        WorkerApp.AddServices(worker);
        ApiApp.AddServices(api);
        WebApplication storeApp = store.Build();
        IReadOnlyList<OptionFault> storeFaults = storeApp.Services.ListFaults();
        if (storeFaults.Count == 0)
        {
            IMemoryStore memory = storeApp.Services.GetRequiredService<IMemoryStore>();
            worker.Services.Replace(ServiceDescriptor.Singleton(memory));
            api.Services.Replace(ServiceDescriptor.Singleton(memory));
        }

        WebApplication workerApp = worker.Build();
        WebApplication apiApp = api.Build();
        var host = new StandaloneHost(runtime, loggers, storeApp, workerApp, apiApp);
        OptionFault[] faults = [
            .. storeFaults,
            .. workerApp.Services.ListFaults(),
            .. apiApp.Services.ListFaults(),
            .. ListenerRule.Check(urls, apiApp.Configuration)];
        if (faults.Length > 0)
        {
            throw new InvalidConfigurationException([.. faults.Distinct()]);
        }

        StoreApp.Configure(storeApp);
        WorkerApp.Configure(workerApp);
        apiApp.UseEmbeddedGateway(runtime);
        ApiApp.Configure(apiApp);
        return host;
    }

    /// <summary>Starts the apps: what others need first.</summary>
    public async Task StartAsync()
    {
        await _store.StartAsync();
        await _worker.StartAsync();
        await _api.StartAsync();
    }

    /// <summary>Stops the apps: takes no more requests, finishes what runs, leaves the rest to the next start.</summary>
    public async Task StopAsync()
    {
        await _api.StopAsync();
        await _worker.StopAsync();
        await _store.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _worker.DisposeAsync();
        await _store.DisposeAsync();
        await _runtime.DisposeAsync();
        _loggers.Dispose();
    }

    private static EmbeddedRuntime Open(string data, string components, ILoggerFactory loggers)
    {
        try
        {
            var settings = new EmbeddedRuntimeOptions
            {
                DataDirectory = data,
                ResourcesDirectory = components,
                AppApiToken = Convert.ToHexString(RandomNumberGenerator.GetBytes(32)),
            };
            return EmbeddedRuntime.Open(settings, loggers);
        }
        catch (Exception exception) when (exception is InvalidResourcesException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidConfigurationException([new OptionFault("data, components", $"{data}, {components}", exception.Message)]);
        }
    }

    private static WebApplicationBuilder CreateBuilder(IReadOnlyDictionary<string, string?> options, string data)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(options);
        builder.Configuration.AddInMemoryCollection([new("Store:Directory", data)]);
        return builder;
    }
}

using Dapr.Actors;
using Dapr.Actors.Client;
using Dapr.Actors.Runtime;
using EmbeddedDapr.Actors;
using EmbeddedDapr.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EmbeddedDapr.Tests.Actors;

/// <summary>An app that hosts the test's actors on a state file of its own, and can be stopped and started again on it.</summary>
internal sealed class ActorApp : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("actors-").FullName;
    private readonly Action<ActorRuntimeOptions> _configure;
    private readonly Action<WebApplication> _map;
    private readonly TimeProvider _time;
    private EmbeddedRuntime? _runtime;
    private WebApplication? _app;

    private ActorApp(Action<ActorRuntimeOptions> configure, Action<WebApplication>? map, TimeProvider? time)
    {
        _configure = configure;
        _map = map ?? (_ => { });
        _time = time ?? Clock;
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public Probe Probe { get; } = new();

    public IActorProxyFactory Proxies => _app!.Services.GetRequiredService<IActorProxyFactory>();

    public ActorEngine Engine => _app!.Services.GetRequiredService<ActorEngine>();

    public GroupCommitDatabase Database => _runtime!.Database;

    public HttpClient CreateClient() => new(_runtime!.ChannelTo("tests")) { BaseAddress = new Uri("http://tests") };

    public static async Task<ActorApp> StartAsync(
        Action<ActorRuntimeOptions>? configure = null, Action<WebApplication>? map = null, TimeProvider? time = null)
    {
        var app = new ActorApp(configure ?? (_ => { }), map, time);
        await app.StartAsync();
        return app;
    }

    public IProbeActor Actor(string id, ActorProxyOptions? options = null) =>
        Proxies.CreateActorProxy<IProbeActor>(new ActorId(id), nameof(ProbeActor), options);

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public async Task StopAppAsync() => await _app!.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task StartAsync()
    {
        _runtime = EmbeddedRuntime.Open(
            new EmbeddedRuntimeOptions { DataDirectory = _directory, ResourcesDirectory = _directory, TimeProvider = _time },
            NullLoggerFactory.Instance);
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.UseEmbeddedSidecar(_runtime, "tests");
        builder.Services.AddSingleton(Probe);
        builder.Services.AddScoped<ScopedProbe>();
        builder.Services.AddActors(options =>
        {
            options.UseJsonSerialization = true;
            options.Actors.RegisterActor<ProbeActor>();
            _configure(options);
        });
        _app = builder.Build();
        _map(_app);
        await _app.StartAsync();
    }

    private async Task StopAsync()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
        await _runtime!.DisposeAsync();
    }
}

using System.Net;
using System.Net.Sockets;
using EmbeddedDapr;
using MemoryDapr.Api;
using MemoryDapr.Api.Identity;
using MemoryDapr.Store;
using MemoryDapr.Stores;
using MemoryDapr.Types;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;
using NSubstitute.ExceptionExtensions;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Types;

/// <summary>The apps as their programs make them, with listeners of their own.</summary>
public sealed class SidecarHostTests : IAsyncDisposable
{
    private const string Token = "the-app-token-of-the-test";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sidecar-host-");
    private readonly List<IAsyncDisposable> _started = [];

    [Fact]
    public void Build_WithoutAppToken_SaysWhatIsMissing()
    {
        EmbeddedRuntime runtime = OpenRuntime(token: null);

        InvalidConfigurationException exception = Should.Throw<InvalidConfigurationException>(() => BuildStore(runtime));

        exception.Faults.Select(fault => fault.Option).ShouldBe(["APP_API_TOKEN"]);
    }

    [Fact]
    public async Task Listeners_OfTheStore_EachServeTheirOwn()
    {
        int service = FreePort();
        int management = FreePort();
        WebApplication app = BuildStore(OpenRuntime(Token), "--urls", Url(service), "--Management:Url", Url(management));
        await app.StartAsync();

        (await StatusAsync(service, "/healthz")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(service, "/readyz")).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(service, "/metrics")).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(management, "/healthz")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(management, "/readyz")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(management, "/health")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(management, "/metrics")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(management, StoreRoutes.Search, Token)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Readiness_StoreFails_IsUnavailable()
    {
        int service = FreePort();
        int management = FreePort();
        IMemoryStore store = Substitute.For<IMemoryStore>();
        store.CheckAsync(default).ThrowsAsyncForAnyArgs(new IOException("no disk"));
        WebApplication app = BuildStore(OpenRuntime(Token), store, "--urls", Url(service), "--Management:Url", Url(management));
        await app.StartAsync();

        (await StatusAsync(management, "/readyz")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await StatusAsync(management, "/health")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await StatusAsync(management, "/healthz")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Api_BesideASidecar_AnswersTheSidecarAlone()
    {
        int service = FreePort();
        int management = FreePort();
        WebApplication app = BuildApi(
            "--urls", Url(service), "--Management:Url", Url(management), "--Api:AllowAnonymous", "true");
        await app.StartAsync();

        (await StatusAsync(service, "/memory/sessions")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(service, "/memory/sessions", "another-token")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(service, "/memory/sessions", Token)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(service, "/healthz")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(service, "/metrics", Token)).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(management, "/metrics")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public void Api_WithoutKeys_StartsOnlyIfThatIsMeant() =>
        Should.Throw<InvalidConfigurationException>(() => BuildApi("--urls", Url(FreePort()))).Faults
            .Select(fault => fault.Option).ShouldBe(["Api:Keys"]);

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable started in Enumerable.Reverse(_started))
        {
            await started.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private static string Url(int port) => $"http://127.0.0.1:{port}";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<HttpStatusCode> StatusAsync(int port, string path, string? token = null)
    {
        using var client = new HttpClient { BaseAddress = new Uri(Url(port)) };
        if (token is not null)
        {
            client.DefaultRequestHeaders.Add("dapr-api-token", token);
        }

        using HttpResponseMessage response = await client.GetAsync(new Uri(path, UriKind.Relative));
        return response.StatusCode;
    }

    private EmbeddedRuntime OpenRuntime(string? token)
    {
        EmbeddedRuntime runtime = EmbeddedRuntime.Open(
            new EmbeddedRuntimeOptions
            {
                DataDirectory = _folder.FullName,
                ResourcesDirectory = _folder.CreateSubdirectory("components").FullName,
                AppApiToken = token,
            },
            NullLoggerFactory.Instance);
        _started.Add(runtime);
        return runtime;
    }

    private WebApplication BuildStore(EmbeddedRuntime runtime, params string[] arguments) => BuildStore(runtime, null, arguments);

    private WebApplication BuildStore(EmbeddedRuntime runtime, IMemoryStore? store, params string[] arguments) => Keep(SidecarHost.Build(
        [.. arguments, "--Store:Directory", _folder.FullName],
        builder =>
        {
            builder.UseEmbeddedSidecar(runtime, StoreRoutes.AppId, keepListener: true);
            if (store is not null)
            {
                builder.Services.AddSingleton(store);
            }

            StoreApp.AddServices(builder);
            builder.Logging.ClearProviders();
        },
        StoreApp.Configure));

    private WebApplication BuildApi(params string[] arguments)
    {
        EmbeddedRuntime runtime = OpenRuntime(Token);
        IMemoryStore store = Substitute.For<IMemoryStore>();
        store.ListSessionsAsync(default!, default).ReturnsForAnyArgs(new Page<SessionRecord>([], null));
        return Keep(SidecarHost.Build(
            arguments,
            builder =>
            {
                builder.UseEmbeddedSidecar(runtime, ApiApp.AppId, keepListener: true);
                builder.Services.AddSingleton(store);
                ApiApp.AddServices(builder);
                builder.Services.AddSidecarCalls();
                builder.Logging.ClearProviders();
            },
            app =>
            {
                app.UseSidecarCalls();
                ApiApp.Configure(app);
            },
            services => ApiIdentity.FaultsBesideSidecar(services.GetRequiredService<ApiOptions>())));
    }

    private WebApplication Keep(WebApplication app)
    {
        _started.Add(app);
        return app;
    }
}

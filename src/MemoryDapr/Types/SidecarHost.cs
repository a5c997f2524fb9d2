using Dapr.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MemoryDapr.Types;

/// <summary>Makes an app that runs by itself, beside its sidecar.</summary>
internal static class SidecarHost
{
    /// <summary>Where the service listens if nothing is configured: for its own sidecar, and nobody beyond this machine.</summary>
    public const string DefaultUrl = "http://127.0.0.1:8080";

    private const string Scheme = "Dapr";

    /// <summary>The app, with its configuration checked.</summary>
    /// <param name="args">The command line: <c>--urls</c> and any option.</param>
    /// <param name="addServices">Adds the app's services.</param>
    /// <param name="configure">Adds the app's middleware and routes.</param>
    /// <param name="check">Faults beyond those of the options.</param>
    /// <exception cref="InvalidConfigurationException">Something is configured that cannot be, or there is no app token.</exception>
    public static WebApplication Build(
        string[] args,
        Action<WebApplicationBuilder> addServices,
        Action<WebApplication> configure,
        Func<IServiceProvider, IReadOnlyList<OptionFault>>? check = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        addServices(builder);
        WebApplication app = builder.Build();
        app.Services.EnsureValid([.. FaultsOfToken(app.Services), .. check?.Invoke(app.Services) ?? []]);
        configure(app);
        return app;
    }

    /// <summary>Without an app token every call of the sidecar would be refused, one by one and without a word to the operator.</summary>
    public static IReadOnlyList<OptionFault> FaultsOfToken(IServiceProvider services) =>
        string.IsNullOrWhiteSpace(services.GetRequiredService<IOptionsMonitor<DaprAuthenticationOptions>>().Get(Scheme).Token)
            ? [new OptionFault("APP_API_TOKEN", "(none)", "Must be set, to the same value for the app and for its sidecar.")]
            : [];
}

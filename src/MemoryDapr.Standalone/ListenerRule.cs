using System.Net;
using MemoryDapr.Types;

namespace MemoryDapr.Standalone;

/// <summary>Without API keys whoever reaches the listener reads everything, so it is then on loopback only.</summary>
internal static class ListenerRule
{
    /// <summary>The faults of these addresses (separated by semicolons, as ASP.NET has them).</summary>
    public static IEnumerable<OptionFault> Check(string urls, IConfiguration configuration)
    {
        bool hasKeys = configuration.GetSection("Api:Keys").GetChildren().Any();
        foreach (string url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Uri.TryCreate(url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out Uri? address)
                || address.Scheme is not ("http" or "https"))
            {
                yield return new OptionFault("urls", url, "must be http:// or https:// with a host and a port");
            }
            else if (!hasKeys && !IsLoopback(address))
            {
                yield return new OptionFault("urls", url, "must be a loopback address as long as no API key is configured (Api:Keys)");
            }
        }
    }

    private static bool IsLoopback(Uri address) =>
        address.Host == "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? ip) && IPAddress.IsLoopback(ip));
}

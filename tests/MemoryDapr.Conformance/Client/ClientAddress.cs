using System.Net;
using System.Net.Sockets;

namespace MemoryDapr.Conformance.Client;

/// <summary>
/// Connections from an address of their own. The rate limit counts by address, so that on one machine every scenario would otherwise
/// be one client. It works where all of 127.0.0.0/8 is loopback, as on Linux, and for a service on loopback.
/// </summary>
internal static class ClientAddress
{
    private static int _last;

    /// <summary>An HTTP client that nobody shares an address with, as far as that can be.</summary>
    public static HttpClient CreateClient()
    {
        IPAddress own = Next();
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, own, cancellationToken),
        };
        return new HttpClient(handler) { Timeout = TimeSpan.FromMinutes(2) };
    }

    /// <summary>A connection for whoever speaks HTTP in a way that no client does.</summary>
    public static ValueTask<Stream> ConnectAsync(Uri url, CancellationToken cancellationToken) =>
        ConnectAsync(new DnsEndPoint(url.Host, url.Port), Next(), cancellationToken);

    private static IPAddress Next()
    {
        int number = Interlocked.Increment(ref _last);
        return new IPAddress([127, 42, (byte)(number >> 8), (byte)number]);
    }

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, IPAddress own, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (OperatingSystem.IsLinux() && target.Host == "127.0.0.1")
            {
                socket.Dispose();
                socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(own, 0));
            }

            await socket.ConnectAsync(target, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

using System.Net.Http.Headers;

namespace MemoryDapr.Benchmarks.Load.Loops;

/// <summary>One client with its own connections. Of an answer it looks at status and length only: it shares the machine with the server.</summary>
internal sealed class LoadClient(Uri url, string? key) : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
    });

    private readonly byte[] _buffer = new byte[65_536];
    private CancellationTokenSource _deadline = new();

    /// <summary>Sends a request and reads its answer to the end; status 0 if there is none within 30 s.</summary>
    public async Task<(int Status, int Length)> SendAsync(LoadRequest request)
    {
        _deadline.CancelAfter(Patience);
        try
        {
            return await ReceiveAsync(request, _deadline.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            return (0, 0);
        }
        finally
        {
            if (!_deadline.TryReset())
            {
                _deadline.Dispose();
                _deadline = new CancellationTokenSource();
            }
        }
    }

    /// <summary>Sends a request and answers its body; throws unless the status is 2xx.</summary>
    public async Task<byte[]> ReadAsync(LoadRequest request, CancellationToken cancellationToken)
    {
        using HttpRequestMessage message = Message(request);
        using HttpResponseMessage answer = await _http.SendAsync(message, cancellationToken);
        byte[] body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        return answer.IsSuccessStatusCode
            ? body
            : throw new InvalidOperationException($"{request.Path} answered {(int)answer.StatusCode}: {System.Text.Encoding.UTF8.GetString(body)}");
    }

    public void Dispose()
    {
        _http.Dispose();
        _deadline.Dispose();
    }

    private async Task<(int Status, int Length)> ReceiveAsync(LoadRequest request, CancellationToken cancellationToken)
    {
        using HttpRequestMessage message = Message(request);
        using HttpResponseMessage answer = await _http.SendAsync(message, cancellationToken);
        await using Stream body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        int length = 0;
        for (int read; (read = await body.ReadAsync(_buffer, cancellationToken)) > 0;)
        {
            length += read;
        }

        return ((int)answer.StatusCode, length);
    }

    private HttpRequestMessage Message(LoadRequest request)
    {
        var message = new HttpRequestMessage(request.Body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(url, request.Path));
        if (request.Body is { } bytes)
        {
            message.Content = new ByteArrayContent(bytes);
            message.Content.Headers.ContentType = Json;
        }

        if (key is not null)
        {
            message.Headers.TryAddWithoutValidation("X-API-Key", key);
        }

        return message;
    }
}

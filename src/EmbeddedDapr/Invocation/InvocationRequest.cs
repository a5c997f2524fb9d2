namespace EmbeddedDapr.Invocation;

/// <summary>A request that can be sent several times: its body is held, its hop-by-hop headers are gone.</summary>
internal sealed class InvocationRequest
{
    private static readonly string[] HopByHop =
        ["Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade"];

    private readonly HttpRequestMessage _original;
    private readonly byte[]? _body;

    private InvocationRequest(HttpRequestMessage original, byte[]? body, bool knownLength)
    {
        _original = original;
        _body = body;
        KnownLength = knownLength;
    }

    /// <summary>False for a chunked body, which daprd streams and so never repeats.</summary>
    public bool KnownLength { get; }

    public string PathAndQuery => Uri.PathAndQuery;

    /// <summary>The method path that keys a breaker: without the query.</summary>
    public string Path => Uri.AbsolutePath;

    private Uri Uri => _original.RequestUri!;

    /// <exception cref="HttpRequestException">The body is larger than the limit.</exception>
    public static async Task<InvocationRequest> HoldAsync(HttpRequestMessage request, long limit, CancellationToken cancellationToken)
    {
        if (request.Content is not { } content)
        {
            return new InvocationRequest(request, null, knownLength: true);
        }

        bool knownLength = content.Headers.ContentLength is not null && request.Headers.TransferEncodingChunked != true;
        await content.LoadIntoBufferAsync(limit, cancellationToken);
        return new InvocationRequest(request, await content.ReadAsByteArrayAsync(cancellationToken), knownLength);
    }

    /// <summary>A copy for one attempt.</summary>
    /// <param name="uri">Where it goes.</param>
    /// <param name="caller">The app id that follows whatever the client claims; null for a target that is told none.</param>
    public HttpRequestMessage ToAttempt(Uri uri, string? caller)
    {
        HttpRequestMessage attempt = new(_original.Method, uri) { Version = _original.Version, VersionPolicy = _original.VersionPolicy };
        foreach ((string name, IEnumerable<string> values) in _original.Headers.Where(header => header.Key != "Host"))
        {
            attempt.Headers.TryAddWithoutValidation(name, values);
        }

        if (caller is not null)
        {
            attempt.Headers.TryAddWithoutValidation("dapr-caller-app-id", caller);
        }

        foreach (string name in _original.Headers.Connection.Concat(HopByHop))
        {
            attempt.Headers.Remove(name);
        }

        if (_body is not null)
        {
            attempt.Content = KnownLength ? new ByteArrayContent(_body) : new ChunkedContent(_body);
            foreach ((string name, IEnumerable<string> values) in _original.Content!.Headers)
            {
                if (KnownLength || name != "Content-Length")
                {
                    attempt.Content.Headers.TryAddWithoutValidation(name, values);
                }
            }
        }

        return attempt;
    }

    private sealed class ChunkedContent(byte[] body) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => stream.WriteAsync(body).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}

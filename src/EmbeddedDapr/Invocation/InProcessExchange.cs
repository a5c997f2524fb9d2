using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace EmbeddedDapr.Invocation;

/// <summary>
/// One request without a socket: the features the app's pipeline sees on one side, the response message on the other. The response
/// is handed over when its headers are final; its body streams through a pipe that holds back an app faster than its caller.
/// </summary>
internal sealed class InProcessExchange : IHttpRequestLifetimeFeature, IHttpRequestBodyDetectionFeature, IDisposable
{
    private static long s_lastId;
    private readonly HttpRequestMessage _request;
    private readonly InProcessResponse _response = new();
    private readonly Pipe _body = new();
    private readonly CancellationTokenSource _aborted = new();
    private readonly StreamResponseBodyFeature _writer;
    private readonly TaskCompletionSource<HttpResponseMessage> _handedOver = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private InProcessExchange(HttpRequestMessage request, IHttpRequestFeature feature)
    {
        _request = request;
        _writer = new StreamResponseBodyFeature(new InProcessResponseStream(_body.Writer, StartAsync, _aborted.Token));
        RequestAborted = _aborted.Token;
        Features.Set(feature);
        Features.Set<IHttpResponseFeature>(_response);
        Features.Set<IHttpResponseBodyFeature>(_writer);
        Features.Set<IHttpRequestLifetimeFeature>(this);
        Features.Set<IHttpRequestBodyDetectionFeature>(this);
        Features.Set<IHttpRequestIdentifierFeature>(new HttpRequestIdentifierFeature { TraceIdentifier = TraceIdentifier });
        Features.Set<IHttpConnectionFeature>(new HttpConnectionFeature
        {
            ConnectionId = TraceIdentifier,
            LocalIpAddress = IPAddress.Loopback,
            RemoteIpAddress = IPAddress.Loopback,
        });
        Features.Set(InProcessRequest.Instance);
    }

    public FeatureCollection Features { get; } = new();

    public string TraceIdentifier { get; } = "in-process-" + Interlocked.Increment(ref s_lastId).ToString(CultureInfo.InvariantCulture);

    public CancellationToken RequestAborted { get; set; }

    public bool CanHaveBody => _request.Content is not null;

    /// <summary>The response, when its headers are final.</summary>
    public Task<HttpResponseMessage> Response => _handedOver.Task;

    public static async Task<InProcessExchange> CreateAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Uri uri = request.RequestUri is { IsAbsoluteUri: true } absolute
            ? absolute
            : throw new InvalidOperationException("An in-process request needs an absolute URI.");
        IHeaderDictionary headers = new HeaderDictionary();
        headers.Host = request.Headers.Host ?? uri.Authority;
        foreach ((string name, IEnumerable<string> values) in request.Headers)
        {
            headers[name] = new StringValues([.. values]);
        }

        Stream body = Stream.Null;
        if (request.Content is { } content)
        {
            body = await content.ReadAsStreamAsync(cancellationToken);
            foreach ((string name, IEnumerable<string> values) in content.Headers)
            {
                headers[name] = new StringValues([.. values]);
            }

            headers.ContentLength = content.Headers.ContentLength;
            if (headers.ContentLength is null)
            {
                headers.TransferEncoding = "chunked";
            }
        }

        return new InProcessExchange(request, new HttpRequestFeature
        {
            Protocol = "HTTP/1.1",
            Scheme = uri.Scheme,
            Method = request.Method.Method,
            Path = PathString.FromUriComponent(uri).Value ?? "/",
            QueryString = QueryString.FromUriComponent(uri).Value ?? "",
            RawTarget = uri.PathAndQuery,
            Headers = headers,
            Body = body,
        });
    }

    public async Task CompleteAsync()
    {
        await _writer.CompleteAsync();
        await _body.Writer.CompleteAsync();
    }

    /// <summary>Before the response started: an empty error response. After: the caller's read of the body fails. Said again: nothing.</summary>
    public async Task FailAsync(Exception exception)
    {
        if (_response.HasStarted)
        {
            await _body.Writer.CompleteAsync(new IOException("The app failed while it wrote the response.", exception));
            return;
        }

        _response.Reset(exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError);
        HandOver();
        await _body.Writer.CompleteAsync();
    }

    public Task RunCompletedCallbacksAsync() => _response.RunCompletedCallbacksAsync();

    public void Abort()
    {
        try
        {
            _aborted.Cancel();
            // Nobody reads any more: an app that waits for room in the pipe goes on.
            _body.Writer.CancelPendingFlush();
        }
        catch (ObjectDisposedException)
        {
            // The app is done with the request: there is nothing left to abort.
        }
    }

    public void Dispose() => _aborted.Dispose();

    private async Task StartAsync()
    {
        if (!_response.HasStarted)
        {
            await _response.RunStartingCallbacksAsync();
            HandOver();
        }
    }

    private void HandOver()
    {
        _response.HasStarted = true;
#pragma warning disable CA2000 // The response message owns its body, and the caller the message.
        _handedOver.TrySetResult(_response.ToMessage(_request, new InProcessResponseBody(_body.Reader, Abort)));
#pragma warning restore CA2000
    }
}

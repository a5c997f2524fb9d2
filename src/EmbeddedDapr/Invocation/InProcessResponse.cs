using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EmbeddedDapr.Invocation;

/// <summary>Status, headers and callbacks of a response that is being made.</summary>
internal sealed class InProcessResponse : IHttpResponseFeature
{
    private readonly Stack<(Func<object, Task> Callback, object State)> _starting = new();
    private readonly Stack<(Func<object, Task> Callback, object State)> _completed = new();

    public int StatusCode { get; set; } = StatusCodes.Status200OK;

    public string? ReasonPhrase { get; set; }

    public IHeaderDictionary Headers { get; set; } = new HeaderDictionary();

    [Obsolete("Use IHttpResponseBodyFeature.Stream instead.", error: false)]
    public Stream Body { get; set; } = Stream.Null;

    public bool HasStarted { get; set; }

    public void OnStarting(Func<object, Task> callback, object state)
    {
        if (HasStarted)
        {
            throw new InvalidOperationException("The response has already started.");
        }

        _starting.Push((callback, state));
    }

    public void OnCompleted(Func<object, Task> callback, object state) => _completed.Push((callback, state));

    public Task RunStartingCallbacksAsync() => RunAsync(_starting);

    public Task RunCompletedCallbacksAsync() => RunAsync(_completed);

    /// <summary>Forgets what the app prepared: only the status remains.</summary>
    public void Reset(int statusCode)
    {
        _starting.Clear();
        Headers.Clear();
        StatusCode = statusCode;
        ReasonPhrase = null;
    }

    public HttpResponseMessage ToMessage(HttpRequestMessage request, Stream body)
    {
        HttpResponseMessage message = new((HttpStatusCode)StatusCode)
        {
            RequestMessage = request,
            ReasonPhrase = ReasonPhrase,
            Content = new StreamContent(body),
        };
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                message.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        return message;
    }

    // Last registered runs first, as in Kestrel.
    private static async Task RunAsync(Stack<(Func<object, Task> Callback, object State)> callbacks)
    {
        while (callbacks.TryPop(out (Func<object, Task> Callback, object State) entry))
        {
            await entry.Callback(entry.State);
        }
    }
}

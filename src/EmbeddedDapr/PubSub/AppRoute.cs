using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;

namespace EmbeddedDapr.PubSub;

/// <summary>Posts to an app's routes over its channel.</summary>
internal sealed class AppRoute(HttpMessageInvoker channel, string appId)
{
    // What an app answers to a delivery is a word or a list of words.
    private const int MaxAnswerBytes = 4 * 1024 * 1024;

    /// <summary>The status and the body of the app's answer.</summary>
    /// <exception cref="HttpRequestException">The app is not up, or its answer broke off.</exception>
    public async Task<(HttpStatusCode Status, ReadOnlyMemory<byte> Body)> PostAsync(
        string path, string contentType, ReadOnlyMemory<byte> body, string? traceParent, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri($"http://{appId}/{path.TrimStart('/')}"))
        {
            Content = new ReadOnlyMemoryContent(body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        request.Content.Headers.ContentLength = body.Length;
        // Without a listener there is no span of ours: the publisher's context goes on as it came.
        if (Activity.Current is null && traceParent is not null)
        {
            request.Headers.TryAddWithoutValidation("traceparent", traceParent);
        }

        using HttpResponseMessage response = await channel.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, cancellationToken);
        return (response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }
}

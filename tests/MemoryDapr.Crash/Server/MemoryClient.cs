using System.Net;
using System.Text;
using System.Text.Json;

namespace MemoryDapr.Crash.Server;

/// <summary>A client of the HTTP contract. It repeats what the server asks to be repeated.</summary>
internal sealed class MemoryClient(Uri url) : IDisposable
{
    private const int MaxTries = 40;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http = new() { BaseAddress = url, Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Sends a request and answers the body if the status is among <paramref name="expected"/>.</summary>
    /// <exception cref="ServerGoneException">There was no answer.</exception>
    /// <exception cref="ContractException">It was another status.</exception>
    public async Task<Reply> SendAsync(
        HttpMethod method, string path, object? body, HttpStatusCode[] expected, CancellationToken cancellationToken)
    {
        for (int tries = 1; ; tries++)
        {
            Reply reply = await SendOnceAsync(method, path, body, cancellationToken);
            if (expected.Contains(reply.Status))
            {
                return reply;
            }

            bool repeat = reply.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
            if (!repeat || tries == MaxTries)
            {
                throw new ContractException($"{method} {path} answered {(int)reply.Status}: {reply.Text}");
            }

            await Task.Delay(RetryDelay, TimeProvider.System, cancellationToken);
        }
    }

    public async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Get, path, null, [HttpStatusCode.OK], cancellationToken)).Read<T>();

    /// <summary>The object, or null where there is none.</summary>
    public async Task<T?> FindAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        Reply reply = await SendAsync(HttpMethod.Get, path, null, [HttpStatusCode.OK, HttpStatusCode.NotFound], cancellationToken);
        return reply.Status == HttpStatusCode.OK ? reply.Read<T>() : null;
    }

    /// <summary>All pages of a list; nothing where there is no such list.</summary>
    public async Task<List<T>> ListAsync<T>(string path, CancellationToken cancellationToken)
    {
        var items = new List<T>();
        string? cursor = null;
        do
        {
            char separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            string next = cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
            PageReply<T>? page = await FindAsync<PageReply<T>>($"{path}{separator}limit=100{next}", cancellationToken);
            items.AddRange(page?.Items ?? []);
            cursor = page?.NextCursor;
        }
        while (cursor is not null);

        return items;
    }

    public void Dispose() => _http.Dispose();

    private async Task<Reply> SendOnceAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(JsonSerializer.Serialize(body, JsonSerializerOptions.Web), Encoding.UTF8, "application/json");
        }

        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, cancellationToken);
            return new Reply(response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new ServerGoneException(exception);
        }
    }
}

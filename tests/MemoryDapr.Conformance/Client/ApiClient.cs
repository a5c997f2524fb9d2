using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MemoryDapr.Conformance.Client;

/// <summary>
/// A client of the contract, with one key. It repeats what the rate limit refuses, which is an answer without a problem document; whoever
/// tests that limit sends through <see cref="SendOnceAsync"/>.
/// </summary>
internal sealed class ApiClient(HttpClient http, Func<Uri> url, string? key)
{
    private const int MaxTries = 60;
    // Letters as they are: escaped, a body of other scripts would be twice as long.
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public Task<Answer> PostAsync(string path, object body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, Json(body), headers);

    public Task<Answer> PatchAsync(string path, object body, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Patch, path, Json(body), headers);

    /// <summary>Posts text as it is, under this media type.</summary>
    public Task<Answer> PostTextAsync(string path, string text, string mediaType = "application/json") =>
        PostBytesAsync(path, Encoding.UTF8.GetBytes(text), mediaType);

    public Task<Answer> PostBytesAsync(string path, byte[] bytes, string? mediaType = "application/json") => SendAsync(HttpMethod.Post, path, () => Bytes(bytes, mediaType));

    public async Task<Answer> SendAsync(
        HttpMethod method, string path, Func<HttpContent>? content = null, params (string Name, string Value)[] headers)
    {
        for (int tries = 1; ; tries++)
        {
            Answer answer = await SendOnceAsync(method, path, content, headers);
            if (answer.Status != HttpStatusCode.TooManyRequests || answer.IsProblem || tries == MaxTries)
            {
                return answer;
            }

            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    /// <summary>Sends a request and takes the answer as it is. The path goes out as it stands, dots and escapes and all.</summary>
    public async Task<Answer> SendOnceAsync(
        HttpMethod method, string path, Func<HttpContent>? content = null, params (string Name, string Value)[] headers)
    {
        var raw = new Uri(url().GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(method, raw) { Content = content?.Invoke() };
        if (key is not null)
        {
            request.Headers.Add("X-API-Key", key);
        }

        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage response = await http.SendAsync(request);
        Dictionary<string, string> received = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, IEnumerable<string> values) in response.Headers.Concat(response.Content.Headers))
        {
            received[name] = string.Join(", ", values);
        }

        return new Answer($"{method} {path}", response.StatusCode, received, await response.Content.ReadAsStringAsync());
    }

    /// <summary>A body of JSON.</summary>
    public static Func<HttpContent> Json(object body) =>
        () => Bytes(JsonSerializer.SerializeToUtf8Bytes(body, Plain), "application/json");

    private static ByteArrayContent Bytes(byte[] bytes, string? mediaType)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = mediaType is null ? null : MediaTypeHeaderValue.Parse(mediaType);
        return content;
    }
}

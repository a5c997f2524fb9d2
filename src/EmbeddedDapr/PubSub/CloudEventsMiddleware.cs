using System.Text;
using System.Text.Json;
using Dapr;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace EmbeddedDapr.PubSub;

/// <summary>Replaces a structured CloudEvent by its data, so that a route need not know of envelopes. Other requests pass untouched.</summary>
internal sealed class CloudEventsMiddleware(RequestDelegate next, CloudEventsMiddlewareOptions options)
{
    // Members that are the body, or that headers of their own already tell.
    private static readonly string[] NeverHeaders =
    [
        CloudEventNames.DataContentType, CloudEventNames.Data, CloudEventNames.DataBase64, CloudEventNames.PubsubName, CloudEventNames.TraceParent,
    ];

    public Task InvokeAsync(HttpContext context) =>
        MediaTypeHeaderValue.TryParse(context.Request.ContentType, out MediaTypeHeaderValue? type)
        && type.MediaType.Equals(CloudEventNames.ContentType, StringComparison.Ordinal)
            ? UnwrapAsync(context, type.Charset)
            : next(context);

    private static async Task<JsonDocument> ParseAsync(HttpRequest request, StringSegment charset, CancellationToken cancellationToken)
    {
        if (!charset.HasValue || charset.Equals(Encoding.UTF8.WebName, StringComparison.OrdinalIgnoreCase))
        {
            return await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellationToken);
        }

        using HttpRequestStreamReader reader = new(request.Body, Encoding.GetEncoding(charset.Value));
        return JsonDocument.Parse(await reader.ReadToEndAsync());
    }

    private static JsonElement? Find(JsonElement envelope, string name)
    {
        foreach (JsonProperty member in envelope.EnumerateObject())
        {
            if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return member.Value;
            }
        }

        return null;
    }

    // Data without a content type is JSON. Its bytes are UTF-8 from here on, whatever the publisher's were.
    private static (string ContentType, bool IsJson) ContentTypeOf(JsonElement envelope)
    {
        if (Find(envelope, CloudEventNames.DataContentType) is not { ValueKind: JsonValueKind.String } declared
            || !MediaTypeHeaderValue.TryParse(declared.GetString(), out MediaTypeHeaderValue? type))
        {
            return ("application/json", true);
        }

        bool isJson = type.MediaType.Equals("application/json", StringComparison.Ordinal)
            || type.Suffix.Equals("json", StringComparison.Ordinal);
        if (!type.Charset.HasValue)
        {
            return (declared.GetString()!, isJson);
        }

        type.Charset = StringSegment.Empty;
        return (type.ToString(), isJson);
    }

    private async Task UnwrapAsync(HttpContext context, StringSegment charset)
    {
        using JsonDocument envelope = await ParseAsync(context.Request, charset, context.RequestAborted);
        JsonElement? data = Find(envelope.RootElement, CloudEventNames.Data);
        JsonElement? binary = Find(envelope.RootElement, CloudEventNames.DataBase64);
        if (data is not null && binary is not null)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        (string contentType, bool isJson) = ContentTypeOf(envelope.RootElement);
        byte[] body = data is { } value
            ? BytesOf(value, isJson)
            : binary?.GetBytesFromBase64() ?? [];
        ForwardAsHeaders(context.Request, envelope.RootElement);

        HttpRequest request = context.Request;
        (Stream originalBody, string? originalType, long? originalLength) = (request.Body, request.ContentType, request.ContentLength);
        using MemoryStream unwrapped = new(body, writable: false);
        try
        {
            request.Body = unwrapped;
            request.ContentType = data is null && binary is null ? null : contentType;
            // The length of the envelope is not the data's.
            request.ContentLength = body.Length;
            await next(context);
        }
        finally
        {
            request.Body = originalBody;
            request.ContentType = originalType;
            request.ContentLength = originalLength;
        }
    }

    private byte[] BytesOf(JsonElement data, bool isJson) =>
        isJson || data.ValueKind != JsonValueKind.String || options.SuppressJsonDecodingOfTextPayloads
            ? JsonSerializer.SerializeToUtf8Bytes(data)
            : Encoding.UTF8.GetBytes(data.GetString()!);

    private void ForwardAsHeaders(HttpRequest request, JsonElement envelope)
    {
        if (!options.ForwardCloudEventPropertiesAsHeaders)
        {
            return;
        }

        foreach (JsonProperty member in envelope.EnumerateObject().Where(member => IsForwarded(member.Name)))
        {
            request.Headers.TryAdd($"Cloudevent.{member.Name.ToLowerInvariant()}", member.Value.GetRawText().Trim('"'));
        }
    }

    private bool IsForwarded(string name) =>
        !Holds(NeverHeaders, name)
        && (options.IncludedCloudEventPropertiesAsHeaders is { } included
            ? Holds(included, name)
            : options.ExcludedCloudEventPropertiesFromHeaders is not { } excluded || !Holds(excluded, name));

    private static bool Holds(string[] names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);
}

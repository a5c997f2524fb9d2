using System.Buffers;
using System.Text.Unicode;
using MemoryDapr.Api.Problems;

namespace MemoryDapr.Api.Requests;

/// <summary>Reads a whole body of at most 1 MiB of valid UTF-8, or says what is wrong with it.</summary>
internal static class BodyReader
{
    /// <summary>The most that a body may have, in bytes.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>The body; or the problem with it.</summary>
    public static async ValueTask<(ReadOnlyMemory<byte> Body, Problem? Problem)> ReadAsync(
        HttpRequest request, string mediaType, CancellationToken cancellationToken)
    {
        if (!HasType(request, mediaType))
        {
            return (default, new Problem(ProblemTypes.UnsupportedMediaType, $"The body must be {mediaType} in UTF-8."));
        }

        if (request.ContentLength > MaxBytes)
        {
            return (default, new Problem(ProblemTypes.BodyTooLarge));
        }

        ReadOnlyMemory<byte>? body = await ReadAllAsync(request, cancellationToken);
        if (body is not { } bytes)
        {
            return (default, new Problem(ProblemTypes.BodyTooLarge));
        }

        if (bytes.IsEmpty)
        {
            return (default, Malformed("", "required", "The body is empty."));
        }

        return Utf8.IsValid(bytes.Span) ? (bytes, null) : (default, Malformed("", "utf8", "The body is not valid UTF-8."));
    }

    /// <summary>A body that cannot be read at all.</summary>
    public static Problem Malformed(string pointer, string rule, string message) =>
        new(ProblemTypes.MalformedBody, null, [new Fault(pointer, rule, message)]);

    // Nearly all send exactly that, which needs no parsing.
    private static bool HasType(HttpRequest request, string mediaType) =>
        request.ContentType == mediaType || HasParsedType(request, mediaType);

    private static bool HasParsedType(HttpRequest request, string mediaType) =>
        Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));

    // Null if there is more than fits.
    private static async ValueTask<ReadOnlyMemory<byte>?> ReadAllAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength is { } length)
        {
            byte[] exact = new byte[length];
            await request.Body.ReadExactlyAsync(exact, cancellationToken);
            return exact;
        }

        var buffer = new ArrayBufferWriter<byte>();
        while (true)
        {
            int read = await request.Body.ReadAsync(buffer.GetMemory(4096), cancellationToken);
            if (read == 0)
            {
                return buffer.WrittenMemory;
            }

            buffer.Advance(read);
            if (buffer.WrittenCount > MaxBytes)
            {
                return null;
            }
        }
    }
}

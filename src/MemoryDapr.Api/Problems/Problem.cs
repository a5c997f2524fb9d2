using System.Text.Json;
using System.Text.Json.Serialization;
using MemoryDapr.Types;

namespace MemoryDapr.Api.Problems;

/// <summary>A problem document (RFC 9457) as an answer.</summary>
internal sealed record Problem : IResult
{
    public const string ContentType = "application/problem+json";

    private readonly ProblemType _type;

    public Problem(ProblemType type, string? detail = null, IReadOnlyList<Fault>? errors = null)
    {
        _type = type;
        Detail = detail;
        Errors = errors;
    }

    /// <summary>What kind of problem.</summary>
    public string Type => _type.Uri;

    /// <summary>The same for every problem of the kind.</summary>
    public string Title => _type.Title;

    /// <summary>The HTTP status.</summary>
    public int Status => _type.Status;

    /// <summary>This occurrence in one sentence, without memory text.</summary>
    public string? Detail { get; }

    /// <summary>Every broken rule.</summary>
    public IReadOnlyList<Fault>? Errors { get; init; }

    /// <summary>After how many seconds to try again; also the header <c>Retry-After</c>.</summary>
    [JsonIgnore]
    public int? RetryAfterSeconds { get; init; }

    /// <summary>What a refusal of another app is to a client.</summary>
    public static Problem From(Refusal refusal) =>
        new(
            refusal.Kind switch
            {
                RefusalKind.NotFound => ProblemTypes.NotFound,
                RefusalKind.SessionOwner => ProblemTypes.SessionOwner,
                RefusalKind.TurnConflict => ProblemTypes.TurnConflict,
                RefusalKind.PreconditionFailed => ProblemTypes.PreconditionFailed,
                _ => ProblemTypes.Unprocessable,
            },
            refusal.Detail,
            refusal.Pointer is { } pointer ? [new Fault(pointer, "refused", refusal.Detail)] : null);

    /// <summary>What an unknown or foreign id gets.</summary>
    public static Problem NotFound(string what) => new(ProblemTypes.NotFound, $"There is no such {what}.");

    public Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(this, MemoryJson.Options);
        response.StatusCode = Status;
        response.ContentType = ContentType;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        if (RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return HttpMethods.IsHead(httpContext.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
    }
}

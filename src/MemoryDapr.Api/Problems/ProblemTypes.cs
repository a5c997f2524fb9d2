namespace MemoryDapr.Api.Problems;

/// <summary>Every problem that this service answers with. docs/api.md lists them; a test compares the two.</summary>
internal static class ProblemTypes
{
    public static ProblemType Validation { get; } = new("validation", 400, "The request breaks rules.");

    public static ProblemType MalformedBody { get; } = new("malformed-body", 400, "The body cannot be read.");

    public static ProblemType Unauthenticated { get; } = new("unauthenticated", 401, "A valid API key is needed.");

    public static ProblemType Forbidden { get; } = new("forbidden", 403, "This key may not do this.");

    public static ProblemType NotFound { get; } = new("not-found", 404, "There is no such thing.");

    public static ProblemType UnknownRoute { get; } = new("unknown-route", 404, "There is no such path.");

    public static ProblemType MethodNotAllowed { get; } = new("method-not-allowed", 405, "The path does not take this method.");

    public static ProblemType RequestTimeout { get; } = new("request-timeout", 408, "The request arrived too slowly.");

    public static ProblemType SessionOwner { get; } = new("session-owner", 409, "The session belongs to another user.");

    public static ProblemType TurnConflict { get; } = new("turn-conflict", 409, "The turn id is known with other content.");

    public static ProblemType PreconditionFailed { get; } = new("precondition-failed", 412, "The item has changed.");

    public static ProblemType BodyTooLarge { get; } = new("body-too-large", 413, "The body is larger than 1 MiB.");

    public static ProblemType UnsupportedMediaType { get; } = new("unsupported-media-type", 415, "The body has another type than this path takes.");

    public static ProblemType Unprocessable { get; } = new("unprocessable", 422, "Understood, and not possible.");

    public static ProblemType PreconditionRequired { get; } = new("precondition-required", 428, "If-Match is needed.");

    public static ProblemType QuotaExceeded { get; } = new("quota-exceeded", 429, "The tenant's quota is used up.");

    public static ProblemType Internal { get; } = new("internal", 500, "Something went wrong here.");

    public static ProblemType DependencyFailed { get; } = new("dependency-failed", 502, "A part of the service failed.");

    public static ProblemType DependencyUnavailable { get; } = new("dependency-unavailable", 503, "A part of the service is not available.");

    public static ProblemType Timeout { get; } = new("timeout", 504, "The answer took too long.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ProblemType> All { get; } =
    [
        Validation, MalformedBody, Unauthenticated, Forbidden, NotFound, UnknownRoute, MethodNotAllowed, RequestTimeout, SessionOwner,
        TurnConflict, PreconditionFailed, BodyTooLarge, UnsupportedMediaType, Unprocessable, PreconditionRequired, QuotaExceeded,
        Internal, DependencyFailed, DependencyUnavailable, Timeout,
    ];

    /// <summary>The problem for a status that the server itself set; null where there is none.</summary>
    public static ProblemType? ForStatus(int status) => status switch
    {
        StatusCodes.Status400BadRequest => MalformedBody,
        StatusCodes.Status404NotFound => UnknownRoute,
        StatusCodes.Status405MethodNotAllowed => MethodNotAllowed,
        StatusCodes.Status408RequestTimeout => RequestTimeout,
        StatusCodes.Status413PayloadTooLarge => BodyTooLarge,
        StatusCodes.Status415UnsupportedMediaType => UnsupportedMediaType,
        _ => null,
    };
}

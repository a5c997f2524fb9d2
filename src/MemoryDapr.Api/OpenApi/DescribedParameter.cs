using Microsoft.OpenApi;

namespace MemoryDapr.Api.OpenApi;

/// <summary>A parameter of the contract. A name means the same on every route.</summary>
/// <param name="In">Where it stands.</param>
/// <param name="Type">Its type.</param>
/// <param name="Example">An example.</param>
/// <param name="Description">What it means.</param>
internal sealed record DescribedParameter(ParameterLocation In, JsonSchemaType Type, string Example, string Description)
{
    private static readonly Dictionary<string, DescribedParameter> Known = new(StringComparer.Ordinal)
    {
        ["sessionId"] = new(ParameterLocation.Path, JsonSchemaType.String, "trip-2026", "A session, unique in its tenant."),
        ["user"] = new(ParameterLocation.Query, JsonSchemaType.String, "anna", "A user of the tenant; the user default where it is absent."),
        ["id"] = new(ParameterLocation.Path, JsonSchemaType.String, "f-0123456789abcdef0123-0123456789abcdef01234567", "An id, as the service gave it."),
        ["cursor"] = new(ParameterLocation.Query, JsonSchemaType.String, "MTc3MjM2", "The nextCursor of the page before."),
        ["limit"] = new(ParameterLocation.Query, JsonSchemaType.Integer, "50", "How many at most, 1 to 100; 50 where it is absent."),
        ["kind"] = new(ParameterLocation.Query, JsonSchemaType.String, "episode,fact", "A comma list of turn, episode, fact and document."),
        ["status"] = new(ParameterLocation.Query, JsonSchemaType.String, "queued,running,waiting", "A comma list of queued, running, waiting, succeeded, failed and cancelled."),
        ["If-Match"] = new(ParameterLocation.Header, JsonSchemaType.String, "\"1\"", "The item's ETag."),
        ["Idempotency-Key"] = new(ParameterLocation.Header, JsonSchemaType.String, "order-4711", "Makes a repeated request name the same things."),
    };

    public static DescribedParameter Of(string name) => Known[name];
}

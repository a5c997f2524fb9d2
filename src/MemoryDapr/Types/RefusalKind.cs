using System.Text.Json.Serialization;

namespace MemoryDapr.Types;

/// <summary>The kinds of refusal.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<RefusalKind>))]
public enum RefusalKind
{
    /// <summary>No such thing, or somebody else's: 404.</summary>
    NotFound,

    /// <summary>The session belongs to another user: 409.</summary>
    SessionOwner,

    /// <summary>The turn id is known with other content: 409.</summary>
    TurnConflict,

    /// <summary>The item has changed since the version in If-Match: 412.</summary>
    PreconditionFailed,

    /// <summary>Understood, and not possible: 422.</summary>
    Unprocessable,
}

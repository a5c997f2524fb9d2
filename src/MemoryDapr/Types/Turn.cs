using System.Text.Json.Serialization;

namespace MemoryDapr.Types;

/// <summary>One message of a conversation. Immutable: the same id with other content is a conflict.</summary>
public sealed record Turn
{
    /// <summary>1–200 of <c>[A-Za-z0-9._:-]</c>, unique in its session.</summary>
    public required string Id { get; init; }

    /// <summary>Its place in the session, from 0 in order of arrival. Never given twice in a session, also after an erasure.</summary>
    public long Ordinal { get; init; }

    /// <summary>Who speaks.</summary>
    public required TurnRole Role { get; init; }

    /// <summary>The speaker's name, where several share a role.</summary>
    public string? Speaker { get; init; }

    /// <summary>1–32,000 characters.</summary>
    public required string Content { get; init; }

    /// <summary>When it was said, UTC. The time of arrival where the client gave none.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When the session took it, UTC; what was taken before its user was erased does not outlive the erasure.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Whether the client gave the id itself. Only then can it be told from a turn of the same words after an erasure.</summary>
    public bool HasClientId { get; init; }

    /// <summary>The application's own properties.</summary>
    public IReadOnlyDictionary<string, MetadataValue>? Metadata { get; init; }

    /// <summary>32 hex digits of what may not change under the same id: role, speaker and content.</summary>
    [JsonIgnore]
    public string ContentHash => StableHash.Hex(32, Role.ToString(), Speaker ?? "", Content);
}

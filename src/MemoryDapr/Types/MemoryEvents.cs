namespace MemoryDapr.Types;

/// <summary>The events of MemoryDapr. Each topic is a type with a version; its data only ever gains members.</summary>
internal static class MemoryEvents
{
    /// <summary>The pub/sub component.</summary>
    public const string PubSub = "memory-pubsub";

    /// <summary>In: turns to append.</summary>
    public const string Turns = "memory.turns.v1";

    /// <summary>In, and from the HTTP interface: citations.</summary>
    public const string Citations = "memory.citations.v1";

    /// <summary>Out: an episode was made or merged.</summary>
    public const string EpisodeCreated = "memory.episode.created.v1";

    /// <summary>Out: a fact was made or merged.</summary>
    public const string FactPromoted = "memory.fact.promoted.v1";

    /// <summary>Out: a session's window has expired.</summary>
    public const string SessionExpired = "memory.session.expired.v1";

    /// <summary>Out: something was erased.</summary>
    public const string Erased = "memory.erased.v1";

    /// <summary>What a publish says of the CloudEvent beside its data. The id makes a repeated publish recognisable.</summary>
    public static Dictionary<string, string> Metadata(string eventId, string type) => new(StringComparer.Ordinal)
    {
        ["cloudevent.id"] = eventId,
        ["cloudevent.type"] = type,
    };
}

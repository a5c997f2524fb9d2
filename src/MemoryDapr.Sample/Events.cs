namespace MemoryDapr.Sample;

/// <summary>The data of <c>memory.turns.v1</c>.</summary>
internal sealed record TurnsData(string Tenant, string SessionId, string User, IReadOnlyList<TurnData> Turns);

/// <summary>One turn of it. The id makes a repeated delivery harmless.</summary>
internal sealed record TurnData(string Id, string Role, string Content);

/// <summary>The data of <c>memory.citations.v1</c>.</summary>
internal sealed record CitationsData(string Tenant, IReadOnlyList<CitationData> Citations);

/// <summary>One citation of it: an answer used an item.</summary>
internal sealed record CitationData(string ItemId, string AnswerId, string Verdict, DateTimeOffset At);

/// <summary>What this service reads of <c>memory.episode.created.v1</c>.</summary>
internal sealed record EpisodeCreated(string Tenant, string User, string? SessionId, string EpisodeId, bool Merged);

/// <summary>What this service reads of <c>memory.fact.promoted.v1</c>.</summary>
internal sealed record FactPromoted(string Tenant, string User, string FactId, bool Merged);

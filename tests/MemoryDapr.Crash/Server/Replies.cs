namespace MemoryDapr.Crash.Server;

/// <summary>A page of a list.</summary>
internal sealed record PageReply<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>What an append came to.</summary>
internal sealed record AppendReply(IReadOnlyList<AppendedReply> Turns, long TurnCount);

/// <summary>One turn of it.</summary>
internal sealed record AppendedReply(string Id, string ItemId, string Status);

/// <summary>A turn of a list.</summary>
internal sealed record TurnReply(string Id, long Ordinal, string Content);

/// <summary>A session.</summary>
internal sealed record SessionReply(string SessionId, string User, long TurnCount, long IndexedTo, long DistilledTo);

/// <summary>A turn that something rests on.</summary>
internal sealed record SourceReply(string SessionId, string TurnId);

/// <summary>A memory.</summary>
internal sealed record ItemReply(
    string Id, string Kind, string Text, string? Title, string? SessionId, IReadOnlyList<SourceReply> Sources, double Salience, bool Promoted);

/// <summary>A pipeline.</summary>
internal sealed record PipelineReply(string PipelineId, string Kind, string Status, string? SessionId, long? From, long? To, string? Error);

/// <summary>The receipt of an erasure.</summary>
internal sealed record ReceiptReply(string ReceiptId, DateTimeOffset? CompletedAt);

/// <summary>What a recall found.</summary>
internal sealed record RecallReply(IReadOnlyList<RecalledReply> Items, string? Context);

/// <summary>One memory of it.</summary>
internal sealed record RecalledReply(string Kind, string Text, IReadOnlyList<string> TurnIds);

using System.Text.Json.Serialization;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Recall;

/// <summary>An item of an answer.</summary>
internal sealed record RecalledItem
{
    public required string Id { get; init; }

    public required MemoryTier Tier { get; init; }

    public required MemoryKind Kind { get; init; }

    public string? Title { get; init; }

    public required string Text { get; init; }

    /// <summary>Comparable within one answer. 0 for the window's turns, which are there for being new, not for their words.</summary>
    public required double Score { get; init; }

    public required double Salience { get; init; }

    public required DateTimeOffset At { get; init; }

    public DateTimeOffset? Until { get; init; }

    public string? SessionId { get; init; }

    public TurnRole? Role { get; init; }

    public string? Speaker { get; init; }

    /// <summary>Of a turn exactly one: its own.</summary>
    public required IReadOnlyList<string> TurnIds { get; init; }

    public required IReadOnlyList<TurnSource> Sources { get; init; }

    public DateTimeOffset? ValidFrom { get; init; }

    public DateTimeOffset? ValidTo { get; init; }

    public IReadOnlyDictionary<string, MetadataValue>? Metadata { get; init; }

    /// <summary>What the score is the sum of, where the request asked for it.</summary>
    public IReadOnlyList<ScorePart>? Explain { get; init; }

    /// <summary>A turn's place in its session, for reading order.</summary>
    [JsonIgnore]
    public long Ordinal { get; init; }

    public static RecalledItem From(ScoredItem scored, DateTimeOffset now, bool explain)
    {
        MemoryItem item = scored.Item;
        return new RecalledItem
        {
            Id = item.Id,
            Tier = item.Kind.Tier(),
            Kind = item.Kind,
            Title = item.Title,
            Text = item.Text,
            Score = scored.Score,
            Salience = Math.Round(item.Salience.ValueAt(now), 6),
            At = item.At,
            Until = item.Until,
            SessionId = item.SessionId,
            Role = item.Role,
            Speaker = item.Speaker,
            TurnIds = item.TurnId is { } turnId ? [turnId] : TurnIdsOf(item.Sources),
            Sources = item.Sources,
            ValidFrom = item.ValidFrom,
            ValidTo = item.ValidTo,
            Metadata = item.Metadata,
            Explain = explain ? scored.Parts : null,
            Ordinal = item.Ordinal,
        };
    }

    public static RecalledItem FromWindow(Turn turn, string sessionId, Scope scope, bool explain) => new()
    {
        Id = ItemId.ForTurn(scope, sessionId, turn.Id),
        Tier = MemoryTier.Working,
        Kind = MemoryKind.Turn,
        Text = turn.Content,
        Score = 0,
        Salience = SalienceLevel.Initial,
        At = turn.At,
        SessionId = sessionId,
        Role = turn.Role,
        Speaker = turn.Speaker,
        TurnIds = [turn.Id],
        Sources = [new TurnSource(sessionId, turn.Id)],
        Metadata = turn.Metadata,
        Explain = explain ? [] : null,
        Ordinal = turn.Ordinal,
    };

    private static string[] TurnIdsOf(IReadOnlyList<TurnSource> sources)
    {
        string[] ids = new string[sources.Count];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = sources[i].TurnId;
        }

        return ids;
    }
}

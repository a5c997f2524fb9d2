using MemoryDapr.Stores;
using MemoryDapr.Stores.Analysis;
using MemoryDapr.Recall;
using MemoryDapr.Types;

namespace MemoryDapr.Tests.Stores;

/// <summary>Items and plans as the tests of stores need them.</summary>
internal static class Memories
{
    public static Scope Anna { get; } = new("acme", "anna");

    public static DateTimeOffset Start { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static MemoryItem Turn(int ordinal, string text, string speaker = "Anna", string sessionId = "s1", Scope? scope = null) => new()
    {
        Id = ItemId.ForTurn(scope ?? Anna, sessionId, $"t{ordinal}"),
        Scope = scope ?? Anna,
        Kind = MemoryKind.Turn,
        Text = text,
        SessionId = sessionId,
        TurnId = $"t{ordinal}",
        Ordinal = ordinal,
        Role = TurnRole.User,
        Speaker = speaker,
        At = Start.AddMinutes(ordinal),
        Sources = [new TurnSource(sessionId, $"t{ordinal}")],
        Salience = SalienceLevel.New(Start),
        CreatedAt = Start.AddMinutes(ordinal),
        UpdatedAt = Start.AddMinutes(ordinal),
    };

    public static MemoryItem Derived(MemoryKind kind, int index, string text, params TurnSource[] sources) => new()
    {
        Id = kind == MemoryKind.Episode ? ItemId.ForEpisode(Anna, "distill-1", index) : ItemId.ForFact(Anna, "e-1", index),
        Scope = Anna,
        Kind = kind,
        Text = text,
        SessionId = kind == MemoryKind.Episode ? "s1" : null,
        At = Start,
        Sources = sources,
        Salience = SalienceLevel.New(Start),
        CreatedAt = Start.AddHours(1).AddMinutes(index),
        UpdatedAt = Start.AddHours(1),
    };

    public static SearchPlan Plan(string query, int count = 10) => new()
    {
        Scope = Anna,
        Terms = QueryAnalyzer.Analyze(query),
        Hints = QuestionHints.Detect(query),
        Count = count,
        Now = Start.AddDays(1),
    };

    public static StoreBatch Batch(params IReadOnlyList<MemoryItem> items) => new() { Scope = items.Count > 0 ? items[0].Scope : Anna, Items = items };

    public static SessionRecord Session(string id, int created = 0, long distilledTo = 0, Scope? scope = null) => new()
    {
        SessionId = id,
        Scope = scope ?? Anna,
        TurnCount = 3,
        NextOrdinal = 3,
        IndexedTo = 3,
        DistilledTo = distilledTo,
        CreatedAt = Start.AddMinutes(created),
        LastActiveAt = Start.AddMinutes(created),
    };

    public static PipelineRecord Pipeline(string id, PipelineStatus status, int created = 0, Scope? scope = null) => new()
    {
        Id = id,
        Scope = scope ?? Anna,
        Kind = PipelineKind.Distill,
        SessionId = "s1",
        Status = status,
        CreatedAt = Start.AddMinutes(created),
        UpdatedAt = Start.AddMinutes(created),
    };
}

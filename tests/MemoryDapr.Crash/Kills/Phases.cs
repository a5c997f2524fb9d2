using MemoryDapr.Crash.Load;

namespace MemoryDapr.Crash.Kills;

/// <summary>Every part of the work that must survive a kill.</summary>
internal static class Phases
{
    private const string ActorDatabase = "storage.database=dapr.db";
    private const string MemoryDatabase = "storage.database=memory.db";

    public static IReadOnlyList<Phase> All { get; } = [
        new("append, before the commit", [Sync(AtEnd: false, ActorDatabase, "sessions.append")], Emphasis.Append),
        new("append, committed and not answered", [Sync(AtEnd: true, ActorDatabase, "sessions.append"), KillPoint.End("sessions.append")], Emphasis.Append),
        new("indexing", [.. Edges("sessions.index"), Sync(AtEnd: false, MemoryDatabase, "sessions.index"), Sync(AtEnd: true, MemoryDatabase, "sessions.index"), KillPoint.End("sessions.catchup")], Emphasis.Append),
        new("expiry", [.. Edges("sessions.expire")], Emphasis.Append),
        Activity("distill", "ExtractActivity", Emphasis.Append),
        Activity("distill", "MergeActivity", Emphasis.Append),
        Activity("distill", "AdvanceActivity", Emphasis.Append),
        Activity("distill", "AnnounceActivity", Emphasis.Append),
        Activity("promote", "FindRipeActivity", Emphasis.Promote),
        Activity("promote", "PromoteActivity", Emphasis.Promote),
        Activity("promote", "AnnounceFactsActivity", Emphasis.Promote),
        Activity("promote", "EndPipelineActivity", Emphasis.Promote),
        new("event, published", [.. Edges("outbox.publish"), .. Edges("pubsub.publish")], Emphasis.Cite),
        new("event, delivered", [.. Edges("pubsub.deliver"), .. Edges("pubsub.settle")], Emphasis.Cite),
        new("citation batch", [.. Edges("salience.deliver").Select(point => point with { MaxPassages = 3 }), .. Edges("salience.cite"), Sync(AtEnd: false, MemoryDatabase, "salience.cite")], Emphasis.Cite),
        new("erasure", [.. Edges("forget.request"), .. Edges("forget.step"), Sync(AtEnd: false, MemoryDatabase, "forget.step"), Sync(AtEnd: true, MemoryDatabase, "forget.step")], Emphasis.Erase),
    ];

    private static Phase Activity(string pipeline, string activity, Emphasis emphasis)
    {
        string tag = $"activity.name={activity}";
        return new Phase(
            $"{pipeline}, {activity}", [.. Edges("workflow.activity").Select(point => point with { Tag = tag, MaxPassages = 3 })], emphasis);
    }

    private static KillPoint[] Edges(string span) => [KillPoint.Start(span), KillPoint.End(span)];

    // Held before the commit: an answer that does not wait for the commit has the time to leave, and is then found to be a lie.
    private static KillPoint Sync(bool AtEnd, string database, string during) => new("storage.sync", AtEnd)
    {
        Tag = database,
        During = during,
        MaxPassages = 30,
        Stall = TimeSpan.FromMilliseconds(AtEnd ? 0 : 100),
    };
}

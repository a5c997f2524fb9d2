using EmbeddedDapr.Storage;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite;

/// <summary>Which answers have counted for which items.</summary>
internal static class CitationTable
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>Old rows that one batch clears away: more than a batch adds, and little beside its own work.</summary>
    private const int ClearedAtOnce = 2_000;

    public static void Add(SqliteSession session, long scope, IReadOnlyList<CountedCitation> citations)
    {
        foreach (CountedCitation citation in citations)
        {
            session.Execute(
                "INSERT OR IGNORE INTO citations (scope, answer, item, at) VALUES ($0, $1, $2, $3)",
                scope, citation.AnswerId, citation.ItemId, citation.At.UtcTicks);
        }

        if (citations.Count > 0)
        {
            session.Execute(
                """
                DELETE FROM citations WHERE (scope, answer, item) IN (
                    SELECT scope, answer, item FROM citations WHERE at < $0 ORDER BY at LIMIT $1)
                """,
                (citations.Max(citation => citation.At) - Kept).UtcTicks, ClearedAtOnce);
        }
    }

    public static List<CountedCitation> Find(SqliteSession session, Scope scope, IReadOnlyList<Citation> citations) =>
        session.Query(
            """
            SELECT c.answer, c.item, c.at FROM json_each($2) AS asked JOIN citations AS c
            ON c.answer = asked.value ->> 'answerId' AND c.item = asked.value ->> 'itemId'
            WHERE c.scope = (SELECT id FROM scopes WHERE tenant = $0 AND user = $1) GROUP BY c.answer, c.item
            """,
            reader => new CountedCitation(reader.GetString(0), reader.GetString(1), reader.Time(2)),
            scope.Tenant, scope.User, Rows.ToList(citations));
}

using System.Runtime.InteropServices;
using System.Text.Json;
using EmbeddedDapr.Storage;
using MemoryDapr.Types;

namespace MemoryDapr.Tests.Stores;

/// <summary>A store's file as the first schema had it, made with that schema's statements.</summary>
internal static class VersionOneFile
{
    private const string Tables =
        """
        CREATE TABLE schema_version (version INTEGER NOT NULL, analysis INTEGER NOT NULL);
        INSERT INTO schema_version (version, analysis) VALUES (1, 1);
        CREATE TABLE scopes (id INTEGER PRIMARY KEY, tenant TEXT NOT NULL, user TEXT NOT NULL, UNIQUE (tenant, user));
        CREATE TABLE items (
            row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, scope INTEGER NOT NULL, tenant TEXT NOT NULL, kind INTEGER NOT NULL,
            session TEXT, turn TEXT, ordinal INTEGER NOT NULL, created INTEGER NOT NULL, salience REAL NOT NULL,
            salience_at INTEGER NOT NULL, promoted INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE INDEX items_created ON items (scope, created, id);
        CREATE INDEX items_session ON items (scope, session, ordinal) WHERE kind = 0;
        CREATE INDEX items_turn ON items (tenant, session, turn) WHERE kind = 0;
        CREATE INDEX items_ripe ON items (scope, salience) WHERE kind = 1 AND promoted = 0;
        CREATE TABLE sources (
            scope INTEGER NOT NULL, session TEXT NOT NULL, turn TEXT NOT NULL, item INTEGER NOT NULL,
            PRIMARY KEY (scope, session, turn, item)) WITHOUT ROWID;
        CREATE INDEX sources_item ON sources (item);
        CREATE TABLE vectors (item INTEGER PRIMARY KEY, data BLOB NOT NULL);
        CREATE TABLE history (
            row INTEGER PRIMARY KEY, item TEXT NOT NULL, at INTEGER NOT NULL, action TEXT NOT NULL, data BLOB NOT NULL,
            UNIQUE (item, at, action));
        CREATE TABLE sessions (
            tenant TEXT NOT NULL, session TEXT NOT NULL, user TEXT NOT NULL, created INTEGER NOT NULL, behind INTEGER NOT NULL,
            data BLOB NOT NULL, PRIMARY KEY (tenant, session)) WITHOUT ROWID;
        CREATE INDEX sessions_created ON sessions (tenant, created, session);
        CREATE INDEX sessions_user ON sessions (tenant, user, created, session);
        CREATE INDEX sessions_behind ON sessions (created, session, tenant) WHERE behind = 1;
        CREATE TABLE tombstones (
            tenant TEXT NOT NULL, session TEXT NOT NULL, turn TEXT NOT NULL, hash TEXT, erased INTEGER NOT NULL,
            PRIMARY KEY (tenant, session, turn)) WITHOUT ROWID;
        CREATE INDEX tombstones_hash ON tombstones (tenant, session, hash) WHERE hash IS NOT NULL;
        CREATE TABLE pipelines (
            id TEXT PRIMARY KEY, tenant TEXT NOT NULL, status INTEGER NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL,
            data BLOB NOT NULL) WITHOUT ROWID;
        CREATE INDEX pipelines_status ON pipelines (status, created, id);
        CREATE INDEX pipelines_tenant ON pipelines (tenant, status, created, id);
        CREATE TABLE erasures (
            tenant TEXT NOT NULL, key TEXT NOT NULL, requested INTEGER NOT NULL, is_open INTEGER NOT NULL, data BLOB NOT NULL,
            PRIMARY KEY (tenant, key)) WITHOUT ROWID;
        CREATE INDEX erasures_open ON erasures (requested) WHERE is_open = 1;
        CREATE TABLE citations (
            scope INTEGER NOT NULL, answer TEXT NOT NULL, item TEXT NOT NULL, at INTEGER NOT NULL,
            PRIMARY KEY (scope, answer, item)) WITHOUT ROWID;
        CREATE INDEX citations_at ON citations (at);
        """;

    public static void Create(string folder, IReadOnlyList<MemoryItem> items, IReadOnlyDictionary<string, float[]> vectors)
    {
        using SqliteSession session = SqliteSession.Open(Path.Combine(folder, "memory.db"), readOnly: false);
        session.Execute(Tables);
        foreach (Scope scope in items.Select(item => item.Scope).Distinct())
        {
            session.Execute("INSERT INTO scopes (tenant, user) VALUES ($0, $1)", scope.Tenant, scope.User);
        }

        foreach (MemoryItem item in items)
        {
            long row = session.Scalar<long>(
                """
                INSERT INTO items (id, scope, tenant, kind, session, turn, ordinal, created, salience, salience_at, promoted, data)
                VALUES ($0, (SELECT id FROM scopes WHERE tenant = $1 AND user = $11), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                RETURNING row
                """,
                item.Id, item.Scope.Tenant, (int)item.Kind, item.SessionId, item.TurnId, item.Ordinal, item.CreatedAt.UtcTicks,
                item.Salience.Value, item.Salience.At.UtcTicks, item.Promoted, JsonSerializer.SerializeToUtf8Bytes(item, MemoryJson.Options),
                item.Scope.User);
            if (vectors.TryGetValue(item.Id, out float[]? vector))
            {
                session.Execute("INSERT INTO vectors (item, data) VALUES ($0, $1)", row, MemoryMarshal.AsBytes<float>(vector).ToArray());
            }
        }
    }
}

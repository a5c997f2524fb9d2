using EmbeddedDapr.Storage;

namespace MemoryDapr.Store.Sqlite;

/// <summary>
/// The tables of memory.db. Records are JSON, items as <see cref="ItemRow"/> writes them; what is searched by stands in columns. Times
/// are UTC ticks.
/// </summary>
internal static class StoreSchema
{
    /// <summary>Raised with every change of the tables; what a release finds older, it migrates, what is newer it refuses.</summary>
    public const int Version = 3;

    private const string Tables =
        """
        CREATE TABLE schema_version (version INTEGER NOT NULL);

        CREATE TABLE scopes (
            id INTEGER PRIMARY KEY, tenant TEXT NOT NULL, user TEXT NOT NULL, analysis INTEGER NOT NULL DEFAULT 0, UNIQUE (tenant, user));

        CREATE TABLE items (
            row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, scope INTEGER NOT NULL, tenant TEXT NOT NULL, kind INTEGER NOT NULL,
            session TEXT, turn TEXT, ordinal INTEGER NOT NULL, created INTEGER NOT NULL, salience REAL NOT NULL,
            salience_at INTEGER NOT NULL, promoted INTEGER NOT NULL, data BLOB NOT NULL, facts BLOB);
        CREATE INDEX items_created ON items (scope, created, id);
        CREATE INDEX items_session ON items (scope, session, ordinal) WHERE kind = 0;
        CREATE INDEX items_turn ON items (tenant, session, turn) WHERE kind = 0;
        CREATE INDEX items_ripe ON items (scope, salience) WHERE kind = 1 AND promoted = 0;

        CREATE TABLE analyses (
            scope INTEGER NOT NULL, item INTEGER NOT NULL, version INTEGER NOT NULL, salience REAL NOT NULL,
            salience_at INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (scope, item)) WITHOUT ROWID;

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

    /// <summary>
    /// Analyses beside the items, a scope's side by side. None is made here, for that takes 40 s for a million turns: each scope's are
    /// made when it is first searched.
    /// </summary>
    private const string From1To2 =
        """
        CREATE TABLE analyses (
            scope INTEGER NOT NULL, item INTEGER NOT NULL, version INTEGER NOT NULL, salience REAL NOT NULL,
            salience_at INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (scope, item)) WITHOUT ROWID;
        ALTER TABLE scopes ADD COLUMN analysis INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE schema_version DROP COLUMN analysis;
        """;

    /// <summary>A column for facts. Items stay JSON with their facts inside until they are next written.</summary>
    private const string From2To3 = "ALTER TABLE items ADD COLUMN facts BLOB";

    /// <summary>Makes the tables of a new file, and brings those of an older one up to this release, in the caller's transaction.</summary>
    /// <exception cref="InvalidDataException">The file is of a later release.</exception>
    public static void Migrate(SqliteSession session)
    {
        // What is deleted is overwritten with zeros, in the file and in the pages that are freed: erased text must not lie about in them.
        session.Execute("PRAGMA secure_delete = ON");
        bool isNew = session.Scalar<long>("SELECT count(*) FROM sqlite_master WHERE name = 'schema_version'") == 0;
        if (isNew)
        {
            session.Execute(Tables);
            session.Execute("INSERT INTO schema_version (version) VALUES ($0)", Version);
            return;
        }

        long version = session.Scalar<long>("SELECT version FROM schema_version");
        if (version is < 1 or > Version)
        {
            throw new InvalidDataException($"The store's file has schema {version}; this release reads {Version}.");
        }

        if (version < 2)
        {
            session.Execute(From1To2);
        }

        if (version < 3)
        {
            session.Execute(From2To3);
            session.Execute("UPDATE schema_version SET version = $0", Version);
        }
    }
}

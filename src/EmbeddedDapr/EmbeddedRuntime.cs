using EmbeddedDapr.Actors;
using EmbeddedDapr.Invocation;
using EmbeddedDapr.Storage;
using EmbeddedDapr.Workflows;
using Microsoft.Extensions.Logging;

namespace EmbeddedDapr;

/// <summary>
/// What daprd, placement, scheduler and broker are to a deployment, for several apps in one process: it owns the durable state and
/// the resources, and each app joins it with <c>UseEmbeddedSidecar</c>.
/// </summary>
public sealed class EmbeddedRuntime : IAsyncDisposable
{
    private EmbeddedRuntime(EmbeddedRuntimeOptions options, GroupCommitDatabase database, ILoggerFactory loggers)
    {
        Options = options;
        Database = database;
        Loggers = loggers;
    }

    internal EmbeddedRuntimeOptions Options { get; }

    internal GroupCommitDatabase Database { get; }

    internal ILoggerFactory Loggers { get; }

    internal AppRegistry Apps { get; } = new();

    internal ActorDirectory Actors { get; } = new();

    internal TimeProvider Time => Options.TimeProvider;

    /// <summary>Opens the state file and reads the resources. Apps join afterwards; each starts with its own host.</summary>
    public static EmbeddedRuntime Open(EmbeddedRuntimeOptions options, ILoggerFactory loggers)
    {
        Directory.CreateDirectory(options.DataDirectory);
        GroupCommitDatabase database = GroupCommitDatabase.Open(Path.Combine(options.DataDirectory, "dapr.db"), Migrate);
        return new EmbeddedRuntime(options, database, loggers);
    }

    /// <summary>The way to an app as daprd has it: no policies, the app's token on each request, a refused connection while it is down.</summary>
    internal HttpMessageHandler ChannelTo(string appId) => new InProcessChannel(Apps, appId, Options.AppApiToken);

    /// <summary>Commits what waits and closes the state file. Stop the apps first.</summary>
    public ValueTask DisposeAsync() => Database.DisposeAsync();

    // Each part makes its own tables, in a method Migrate of its own.
    private static void Migrate(SqliteSession session)
    {
        WorkflowStore.Migrate(session);
        ActorStateTable.Migrate(session);
        ReminderTable.Migrate(session);
    }
}

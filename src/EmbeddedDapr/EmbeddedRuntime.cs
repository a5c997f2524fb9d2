using EmbeddedDapr.Actors;
using EmbeddedDapr.Invocation;
using EmbeddedDapr.Invocation.Policies;
using EmbeddedDapr.PubSub;
using EmbeddedDapr.Resources;
using EmbeddedDapr.Resources.Yaml;
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
    private EmbeddedRuntime(
        EmbeddedRuntimeOptions options, ResourceSet resources, GroupCommitDatabase database, Broker broker, ILoggerFactory loggers)
    {
        Options = options;
        Resources = resources;
        Database = database;
        Broker = broker;
        Loggers = loggers;
        Policies = new PolicyRegistry(resources, options.TimeProvider, options.Jitter);
        Invoker = new AppInvoker(Apps, resources, Policies, options.AppApiToken);
    }

    internal EmbeddedRuntimeOptions Options { get; }

    internal GroupCommitDatabase Database { get; }

    internal Broker Broker { get; }

    internal ILoggerFactory Loggers { get; }

    internal ResourceSet Resources { get; }

    internal PolicyRegistry Policies { get; }

    internal AppInvoker Invoker { get; }

    internal bool IsOpen { get; private set; } = true;

    internal AppRegistry Apps { get; } = new();

    internal ActorDirectory Actors { get; } = new();

    internal TimeProvider Time => Options.TimeProvider;

    /// <summary>Opens the state file and reads the resources. Apps join afterwards; each starts with its own host.</summary>
    /// <exception cref="InvalidResourcesException">A resource cannot be used; the message lists every fault of every file.</exception>
    public static EmbeddedRuntime Open(EmbeddedRuntimeOptions options, ILoggerFactory loggers)
    {
        ResourceSet resources = ResourceReader.Read(options.ResourcesDirectory, options.Secrets);
        Directory.CreateDirectory(options.DataDirectory);
        Dictionary<string, int> queueDepths = [];
        GroupCommitDatabase database = GroupCommitDatabase.Open(Path.Combine(options.DataDirectory, "dapr.db"), session =>
        {
            Migrate(session);
            queueDepths = QueueTable.Depths(session);
        });
        Broker broker = new(database, resources.Subscriptions, queueDepths);
        return new EmbeddedRuntime(options, resources, database, broker, loggers);
    }

    /// <summary>The way to an app as daprd has it: no policies, the app's token on each request, a refused connection while it is down.</summary>
    internal HttpMessageHandler ChannelTo(string appId) => new InProcessChannel(Apps, appId, Options.AppApiToken);

    /// <summary>Commits what waits and closes the state file. Stop the apps first.</summary>
    public ValueTask DisposeAsync()
    {
        IsOpen = false;
        Invoker.Dispose();
        return Database.DisposeAsync();
    }

    // Each part makes its own tables, in a method Migrate of its own.
    private static void Migrate(SqliteSession session)
    {
        WorkflowStore.Migrate(session);
        ActorStateTable.Migrate(session);
        ReminderTable.Migrate(session);
        QueueTable.Migrate(session);
    }
}

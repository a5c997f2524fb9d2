using MemoryDapr.Store.Collections;
using Weaviate.Client;

namespace MemoryDapr.Store.Weaviate;

/// <summary>
/// The one client of the process, once Weaviate is ready, of a version that is known to work, and has the collections. A client that did
/// not get so far keeps its failure for ever, whatever becomes of Weaviate: it is thrown away, and the next call makes another.
/// </summary>
internal sealed partial class WeaviateConnection(WeaviateOptions options, ILogger<WeaviateConnection> logger, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Aliases, which collections are used by, came with it.</summary>
    private static readonly Version Oldest = new(1, 32);

    /// <summary>The first version that nothing is known of.</summary>
    private static readonly Version Unknown = new(2, 0);

    // The client's own check of gRPC has no deadline.
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly SocketsHttpHandler _handler = new() { PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
    private Task<WeaviateClient>? _client;
    private bool _isDisposed;

    /// <summary>What the collections are called and look like.</summary>
    public CollectionSchema Schema { get; } = new(options.Prefix);

    /// <summary>The client. Everybody who asks while one is being made waits for that one.</summary>
    /// <exception cref="CollectionException">Weaviate is not ready, or not of a version that works.</exception>
    public Task<WeaviateClient> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_client is null or { IsCompleted: true, IsCompletedSuccessfully: false })
            {
                _client = Task.Run(StartAsync, CancellationToken.None);
            }

            return _client.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Refuses versions that are not known to work.</summary>
    /// <exception cref="CollectionException">The version is another, or none was told.</exception>
    public static void EnsureKnown(Version? version)
    {
        if (version is null || version < Oldest || version >= Unknown)
        {
            throw new CollectionException($"Weaviate {version} is not known to work: {Oldest} to below {Unknown} is.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task<WeaviateClient>? client;
        lock (_lock)
        {
            _isDisposed = true;
            client = _client;
        }

        if (client is not null)
        {
            await ((Task)client).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (client.IsCompletedSuccessfully)
            {
                (await client).Dispose();
            }
        }

        _handler.Dispose();
    }

    private async Task<WeaviateClient> StartAsync()
    {
        var address = new Uri(options.Url);
        WeaviateClient client;
        try
        {
            client = await WeaviateClientBuilder
                .Custom(
                    restEndpoint: address.Host,
                    grpcEndpoint: options.GrpcHost ?? address.Host,
                    useSsl: address.Scheme == Uri.UriSchemeHttps,
                    credentials: options.ApiKey is { } key ? Auth.ApiKey(key) : null,
                    httpMessageHandler: _handler)
                .WithRestPort((ushort)address.Port)
                .WithGrpcPort((ushort)options.GrpcPort)
                .WithDefaultTimeout(options.Timeout)
                .WithInsertTimeout(options.Timeout)
                .WithQueryTimeout(options.Timeout)
                .WithInitTimeout(StartDeadline)
                .WithoutRetries()
                .BuildAsync()
                .WaitAsync(StartDeadline, time);
        }
        catch (Exception exception) when (exception is WeaviateException or HttpRequestException or TimeoutException or OperationCanceledException)
        {
            throw new CollectionException("Weaviate does not answer.", exception);
        }

        try
        {
            await EnsureUsableAsync(client);
        }
        catch
        {
            client.Dispose();
            throw;
        }

        LogConnected(client.WeaviateVersion?.ToString() ?? "?");
        return client;
    }

    // Weaviate answers that it lives seconds before it has loaded its schema: collections would seem not to be there.
    private async Task EnsureUsableAsync(WeaviateClient client)
    {
        if (!await client.IsReady())
        {
            throw new CollectionException("Weaviate is not ready.");
        }

        EnsureKnown(client.WeaviateVersion);
        await EnsureCollectionAsync(client, Schema.Chunks, Schema.ChunksJson());
        await EnsureCollectionAsync(client, Schema.Records, Schema.RecordsJson());
    }

    private static async Task EnsureCollectionAsync(WeaviateClient client, string alias, string definition)
    {
        string name = CollectionSchema.Versioned(alias);
        if (!await client.Collections.Exists(name))
        {
            try
            {
                await client.Collections.CreateFromJson(definition);
            }
            catch (WeaviateException)
            {
                // Another replica was faster, or it really failed: what is there tells.
                if (!await client.Collections.Exists(name))
                {
                    throw;
                }
            }
        }

        string? target = (await client.Alias.Get(alias))?.TargetCollection;
        if (target is null)
        {
            try
            {
                target = (await client.Alias.Create(alias, name)).TargetCollection;
            }
            catch (WeaviateException)
            {
                target = (await client.Alias.Get(alias))?.TargetCollection;
            }
        }

        if (target != name)
        {
            throw new CollectionException($"{alias} stands for {target ?? "nothing"}; this release works with {name}.");
        }
    }

    [LoggerMessage(EventId = 3110, Level = LogLevel.Information, Message = "Weaviate {Version} is ready, with the collections of this release.")]
    private partial void LogConnected(string version);
}

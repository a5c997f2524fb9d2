using MemoryDapr.Store;
using MemoryDapr.Store.Collections;
using MemoryDapr.Store.Weaviate;
using Microsoft.Extensions.Logging.Abstractions;
using Weaviate.Client;
using Xunit;

namespace MemoryDapr.Weaviate.Tests;

/// <summary>Empty stores in the Weaviate at WEAVIATE_URL, in collections of their own.</summary>
internal static class WeaviateStores
{
    /// <summary>A store that has nothing; the test is skipped where no Weaviate is named.</summary>
    public static async Task<CollectionStore> OpenAsync()
    {
        string? url = Environment.GetEnvironmentVariable("WEAVIATE_URL");
        Assert.SkipWhen(string.IsNullOrEmpty(url), "WEAVIATE_URL is not set.");
        var options = new WeaviateOptions
        {
            Url = url,
            GrpcPort = int.Parse(Environment.GetEnvironmentVariable("WEAVIATE_GRPC_PORT") ?? "50051", System.Globalization.CultureInfo.InvariantCulture),
            ApiKey = Environment.GetEnvironmentVariable("WEAVIATE_API_KEY"),
            Prefix = "ConformanceTest",
        };
        await using (var first = new WeaviateConnection(options, NullLogger<WeaviateConnection>.Instance, TimeProvider.System))
        {
            WeaviateClient client = await first.GetAsync(TestContext.Current.CancellationToken);
            foreach (string alias in new[] { first.Schema.Chunks, first.Schema.Records })
            {
                await client.Alias.Delete(alias, TestContext.Current.CancellationToken);
                await client.Collections.Delete(CollectionSchema.Versioned(alias), TestContext.Current.CancellationToken);
            }
        }

#pragma warning disable CA2000 // The store owns the connection.
        var connection = new WeaviateConnection(options, NullLogger<WeaviateConnection>.Instance, TimeProvider.System);
        return new CollectionStore(new WeaviateCollections(connection), TimeProvider.System);
#pragma warning restore CA2000
    }
}

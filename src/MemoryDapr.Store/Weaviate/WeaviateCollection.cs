using Grpc.Core;
using MemoryDapr.Store.Collections;
using Weaviate.Client;
using Weaviate.Client.Models;

namespace MemoryDapr.Store.Weaviate;

/// <summary>A collection of Weaviate, under its alias.</summary>
internal sealed class WeaviateCollection(WeaviateConnection connection, string alias) : ICollection
{
    /// <summary>What one insert may weigh, well below what Weaviate takes in a message.</summary>
    private const int BytesAtOnce = 4 * 1024 * 1024;

    private const int ObjectsAtOnce = 200;

    public async Task PutAsync(string? tenant, IReadOnlyList<StoredObject> objects, CancellationToken cancellationToken)
    {
        CollectionClient collection = await UseAsync(tenant, cancellationToken);
        foreach (IReadOnlyList<BatchInsertRequest> some in Split(objects))
        {
            // A call that succeeds says nothing of its objects: each may have been refused.
            BatchInsertResponse response = await collection.Data.InsertMany(some, cancellationToken);
            if (response.HasErrors)
            {
                // The database's words may quote what it refused: they are not passed on.
                throw new CollectionException($"Weaviate refused {response.Errors.Count()} of {some.Count} objects of {alias}.");
            }
        }
    }

    public async Task<IReadOnlyList<StoredObject>> FindAsync(ObjectQuery query, CancellationToken cancellationToken)
    {
        CollectionClient collection = await UseAsync(query.Tenant, cancellationToken);
        try
        {
            WeaviateResult result = await AskAsync(collection, query, cancellationToken);
            return [.. result.Objects.Select(found => WeaviateObjects.Read(found, query))];
        }
        catch (WeaviateException exception) when (IsUnknownTenant(exception))
        {
            return [];
        }
    }

    public async Task DeleteAsync(string? tenant, Condition where, CancellationToken cancellationToken)
    {
        CollectionClient collection = await UseAsync(tenant, cancellationToken);
        try
        {
            // One call tells all that match and removes QUERY_MAXIMUM_RESULTS of them, whatever that is set to.
            DeleteManyResult result;
            do
            {
                result = await collection.Data.DeleteMany(WeaviateConditions.ToFilter(where), cancellationToken: cancellationToken);
                if (result.Failed > 0)
                {
                    throw new CollectionException($"Weaviate did not delete {result.Failed} of {result.Matches} objects of {alias}.");
                }
            }
            while (result.Successful > 0 && result.Successful < result.Matches);
        }
        catch (WeaviateException exception) when (IsUnknownTenant(exception))
        {
            // What was never written is gone already.
        }
    }

    private static Task<WeaviateResult> AskAsync(CollectionClient collection, ObjectQuery query, CancellationToken cancellationToken)
    {
        Filter? filter = query.Where is null ? null : WeaviateConditions.ToFilter(query.Where);
        string[] properties = [.. query.Properties];
        VectorQuery vectors = query.WithVectors ? CollectionSchema.Vector : false;
        if (query.Words is { } words)
        {
            // Without properties to look in, Weaviate looks in every text.
            return collection.Query.BM25(
                words.Text,
                searchFields: [words.Property],
                filters: filter,
                limit: (uint)query.Limit,
                returnProperties: properties,
                returnMetadata: MetadataOptions.Score,
                includeVectors: vectors,
                cancellationToken: cancellationToken);
        }

        if (query.Near is { } near)
        {
            float[] values = [.. near];
            return collection.Query.NearVector(
                (CollectionSchema.Vector, values),
                filters: filter,
                limit: (uint)query.Limit,
                returnProperties: properties,
                returnMetadata: MetadataOptions.Distance,
                includeVectors: vectors,
                cancellationToken: cancellationToken);
        }

        Sort[] order = [.. query.Order.Select(key => key.IsDescending ? Sort.ByProperty(key.Property).Descending() : Sort.ByProperty(key.Property).Ascending())];
        return collection.Query.FetchObjects(
            limit: (uint)query.Limit,
            filters: filter,
            sort: order.Length == 0 ? null : order,
            returnProperties: properties,
            includeVectors: vectors,
            cancellationToken: cancellationToken);
    }

    private static IEnumerable<IReadOnlyList<BatchInsertRequest>> Split(IReadOnlyList<StoredObject> objects)
    {
        var some = new List<BatchInsertRequest>();
        int bytes = 0;
        foreach (StoredObject stored in objects)
        {
            int weight = WeaviateObjects.Weigh(stored);
            if (some.Count > 0 && (some.Count >= ObjectsAtOnce || bytes + weight > BytesAtOnce))
            {
                yield return some;
                some = [];
                bytes = 0;
            }

            some.Add(WeaviateObjects.Write(stored));
            bytes += weight;
        }

        if (some.Count > 0)
        {
            yield return some;
        }
    }

    // Reading a tenant that nothing was ever written to is an error to Weaviate; to its owner nothing is known there.
    private static bool IsUnknownTenant(WeaviateException exception) =>
        exception.InnerException is RpcException rpc && rpc.Status.Detail.Contains("tenant not found", StringComparison.Ordinal);

    private async Task<CollectionClient> UseAsync(string? tenant, CancellationToken cancellationToken)
    {
        WeaviateClient client = await connection.GetAsync(cancellationToken);
        CollectionClient collection = client.Collections.Use(alias);
        return tenant is null ? collection : collection.WithTenant(tenant);
    }
}

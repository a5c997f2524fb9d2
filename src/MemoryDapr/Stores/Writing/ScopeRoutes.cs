using Dapr.Actors.Client;
using MemoryDapr.Types;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace MemoryDapr.Stores.Writing;

/// <summary>What memory-api has written to a scope directly: documents, corrections and imports.</summary>
internal static class ScopeRoutes
{
    /// <summary>Maps what memory-api calls.</summary>
    public static void MapScopeWriting(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(WorkerRoutes.Documents, StoreDocumentsAsync);
        routes.MapPost(WorkerRoutes.EditItem, EditAsync);
        routes.MapPost(WorkerRoutes.Import, ImportAsync);
    }

    private static async Task<Outcome<IReadOnlyList<MemoryItem>>> StoreDocumentsAsync(
        DocumentBatch batch, IActorProxyFactory actors, CancellationToken cancellationToken) =>
        new() { Value = await actors.Writer(batch.Scope).StoreDocumentsAsync(batch, cancellationToken) };

    private static Task<Outcome<MemoryItem>> EditAsync(ItemEdit edit, IActorProxyFactory actors, CancellationToken cancellationToken) =>
        actors.Writer(edit.Scope).EditAsync(edit, cancellationToken);

    private static async Task<Outcome<ImportOutcome>> ImportAsync(
        ImportBatch batch, IActorProxyFactory actors, CancellationToken cancellationToken) =>
        await actors.Writer(batch.Scope).ImportAsync(batch, cancellationToken);
}

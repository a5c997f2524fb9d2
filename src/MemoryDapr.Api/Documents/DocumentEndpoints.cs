using MemoryDapr.Api.Identity;
using MemoryDapr.Api.OpenApi;
using MemoryDapr.Api.Quotas;
using MemoryDapr.Api.Requests;
using MemoryDapr.Api.Worker;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Api.Documents;

/// <summary>What applications store directly.</summary>
internal static class DocumentEndpoints
{
    public static void MapDocuments(this RouteGroupBuilder memory) =>
        memory.MapPost("/documents", Store)
            .Describe<PostDocuments, DocumentsAnswer>(new("Store documents", Examples.StoredDocuments, Examples.Documents));

    private static async Task<IResult> Store(HttpContext context, WorkerClient worker, TenantQuotas quotas, IIdGenerator ids, TimeProvider time)
    {
        RequestCheck check = new(context);
        PostDocuments body = await check.BodyAsync(PostDocumentsValidator.Instance);
        if (check.Failure is { } failure)
        {
            return failure;
        }

        Scope scope = new(Caller.TenantOf(context), body.User ?? Users.Default);
        if (quotas.Take(scope.Tenant, Quota.Writes, body.Documents!.Count) is { } refused)
        {
            return refused;
        }

        DateTimeOffset now = time.GetUtcNow();
        NewDocument[] documents =
        [
            .. body.Documents.Select(posted => new NewDocument(
                posted.Id ?? ids.Next(), posted.Title, posted.Text!, posted.At ?? now, posted.ValidFrom, posted.ValidTo, posted.Metadata)),
        ];
        Outcome<IReadOnlyList<MemoryItem>> outcome =
            await worker.StoreDocumentsAsync(new DocumentBatch(scope, documents, now), context.RequestAborted);
        return Answer.From(outcome, items => Show(documents, scope, items));
    }

    private static DocumentsAnswer Show(NewDocument[] documents, Scope scope, IReadOnlyList<MemoryItem> items)
    {
        var versions = items.ToDictionary(item => item.Id, item => item.Version);
        return new DocumentsAnswer(
        [
            .. documents.Select(document =>
            {
                string itemId = ItemId.ForDocument(scope, document.Id);
                return new StoredDocument(document.Id, itemId, versions.GetValueOrDefault(itemId, 1));
            }),
        ]);
    }
}

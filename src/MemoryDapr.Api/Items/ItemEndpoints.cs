using System.Globalization;
using MemoryDapr.Api.Forget;
using MemoryDapr.Api.Identity;
using MemoryDapr.Api.OpenApi;
using MemoryDapr.Api.Problems;
using MemoryDapr.Api.Quotas;
using MemoryDapr.Api.Requests;
using MemoryDapr.Api.Worker;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Api.Items;

/// <summary>Single memories.</summary>
internal static class ItemEndpoints
{
    public static void MapItems(this RouteGroupBuilder memory)
    {
        memory.MapGet("/items", List)
            .Describe<Page<ItemAnswer>>(new("What is known about a user", Examples.Items, null, "user", "kind", "sessionId", "cursor", "limit"));
        memory.MapGet("/items/{id}", Get)
            .Describe<ItemAnswer>(new("One memory, with its ETag", Examples.OneItem));
        memory.MapGet("/items/{id}/history", GetHistory)
            .Describe<HistoryAnswer>(new("How a memory came to be", Examples.History));
        memory.MapPatch("/items/{id}", Patch)
            .Describe<PatchItem, ItemAnswer>(new("Correct, pin or end a memory", Examples.OneItem, Examples.Patch, "If-Match"));
        memory.MapDelete("/items/{id}", Forget)
            .Describe<ReceiptAnswer>(new("Forget a memory", Examples.Receipt));
    }

    private static async Task<IResult> List(HttpContext context, IMemoryStore store, TimeProvider time)
    {
        RequestCheck check = new(context);
        ItemQuery query = new()
        {
            Scope = new Scope(Caller.TenantOf(context), check.Query("user", TextForms.Id) ?? Users.Default),
            Kinds = check.List<MemoryKind>("kind"),
            SessionId = check.Query("sessionId", TextForms.Id),
            Cursor = check.Query("cursor", TextForms.Cursor),
            Limit = check.Limit(),
        };
        if (check.Failure is { } failure)
        {
            return failure;
        }

        DateTimeOffset now = time.GetUtcNow();
        Page<MemoryItem> page = await store.ListItemsAsync(query, context.RequestAborted);
        return Answer.Ok(new Page<ItemAnswer>([.. page.Items.Select(item => ItemAnswer.From(item, now))], page.NextCursor));
    }

    private static async Task<IResult> Get(HttpContext context, IMemoryStore store, TimeProvider time)
    {
        RequestCheck check = new(context);
        string id = check.Route("id", TextForms.ItemId);
        if (check.Failure is { } failure)
        {
            return failure;
        }

        if (await FindAsync(store, context, id) is not { } item)
        {
            return Problem.NotFound("item");
        }

        context.Response.Headers.ETag = EntityTag(item.Version);
        return Answer.Ok(ItemAnswer.From(item, time.GetUtcNow()));
    }

    private static async Task<IResult> GetHistory(HttpContext context, IMemoryStore store)
    {
        RequestCheck check = new(context);
        string id = check.Route("id", TextForms.ItemId);
        if (check.Failure is { } failure)
        {
            return failure;
        }

        return await FindAsync(store, context, id) is null
            ? Problem.NotFound("item")
            : Answer.Ok(new HistoryAnswer(id, await store.GetHistoryAsync(Caller.TenantOf(context), id, context.RequestAborted), NextCursor: null));
    }

    private static async Task<IResult> Patch(HttpContext context, IMemoryStore store, WorkerClient worker, TenantQuotas quotas, TimeProvider time)
    {
        RequestCheck check = new(context);
        string id = check.Route("id", TextForms.ItemId);
        string? tag = check.Header("If-Match", TextForms.EntityTag);
        PatchItem patch = await check.BodyAsync(PatchItemValidator.Instance);
        if (check.Failure is { } failure)
        {
            return failure;
        }

        if (tag is null)
        {
            return new Problem(ProblemTypes.PreconditionRequired, "Send the item's ETag in If-Match.");
        }

        string tenant = Caller.TenantOf(context);
        if (quotas.Take(tenant, Quota.Writes) is { } refused)
        {
            return refused;
        }

        if (await FindAsync(store, context, id) is not { } item)
        {
            return Problem.NotFound("item");
        }

        if (!TryExpect(tag, item.Version, out long expected))
        {
            return new Problem(ProblemTypes.PreconditionFailed, "If-Match must be a strong ETag.");
        }

        DateTimeOffset now = time.GetUtcNow();
        ItemEdit edit = new(item.Scope, id, expected, patch.Text, patch.Pinned, patch.ValidTo, patch.Metadata, now);
        Outcome<MemoryItem> outcome = await worker.EditItemAsync(edit, context.RequestAborted);
        if (outcome.Value is { } changed)
        {
            context.Response.Headers.ETag = EntityTag(changed.Version);
        }

        return Answer.From(outcome, changed => ItemAnswer.From(changed, now));
    }

    private static async Task<IResult> Forget(HttpContext context, ForgetHandler handler)
    {
        RequestCheck check = new(context);
        string id = check.Route("id", TextForms.ItemId);
        if (check.Failure is { } failure)
        {
            return failure;
        }

        return ItemId.IsWellFormed(id) ? await handler.ForgetAsync(context, itemId: id) : Problem.NotFound("item");
    }

    // An id of another form is nobody's; it must not reach a store.
    private static async Task<MemoryItem?> FindAsync(IMemoryStore store, HttpContext context, string id) =>
        ItemId.IsWellFormed(id)
            ? (await store.GetItemsAsync(Caller.TenantOf(context), [id], context.RequestAborted)).SingleOrDefault()
            : null;

    private static string EntityTag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    // A weak tag never matches (RFC 9110 §13.1.1).
    private static bool TryExpect(string tag, long current, out long expected)
    {
        expected = tag == "*" ? current : 0;
        return tag == "*" || (tag[0] == '"' && long.TryParse(tag.AsSpan(1, tag.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out expected));
    }
}

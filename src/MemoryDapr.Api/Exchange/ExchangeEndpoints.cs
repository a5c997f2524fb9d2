using MemoryDapr.Api.Identity;
using MemoryDapr.Api.OpenApi;
using MemoryDapr.Api.Quotas;
using MemoryDapr.Api.Requests;
using MemoryDapr.Api.Worker;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Api.Exchange;

/// <summary>A scope out and in again, as lines of JSON.</summary>
internal static class ExchangeEndpoints
{
    public const string MediaType = "application/x-ndjson";

    public static void MapExchange(this RouteGroupBuilder memory)
    {
        memory.MapGet("/export", Export)
            .Describe<ExchangeLine>(new("A user's memory as lines of JSON, paged", Examples.Lines, null, "user", "cursor", "limit"), type: MediaType);
        memory.MapPost("/import", Import)
            .Accepts<ExchangeLine>(MediaType)
            .Describe<ImportOutcome>(new("Exported lines in again, at most 1 MiB at once", Examples.Imported, Examples.Lines, "user"));
    }

    private static async Task<IResult> Export(HttpContext context, IMemoryStore store)
    {
        RequestCheck check = new(context);
        Scope scope = new(Caller.TenantOf(context), check.Query("user", TextForms.Id) ?? Users.Default);
        ExportCursor? cursor = ExportCursor.Parse(check.Query("cursor", TextForms.Cursor));
        int limit = check.Limit();
        if (cursor is null)
        {
            check.Refuse("/cursor", TextForms.Cursor.Rule, TextForms.Cursor.Message);
        }

        if (check.Failure is { } failure)
        {
            return failure;
        }

        (IEnumerable<ExchangeLine> lines, ExportCursor? next) = cursor!.InItems
            ? await ExportItemsAsync(store, scope, cursor, limit, context.RequestAborted)
            : await ExportSessionsAsync(store, scope, cursor, limit, context.RequestAborted);
        return new LinesAnswer([.. lines, new ExchangeLine { Type = ExchangeLineType.End, NextCursor = next?.ToString() }]);
    }

    private static async Task<(IEnumerable<ExchangeLine> Lines, ExportCursor? Next)> ExportSessionsAsync(
        IMemoryStore store, Scope scope, ExportCursor cursor, int limit, CancellationToken cancellationToken)
    {
        SessionQuery query = new(scope.Tenant, scope.User, OnlyBehind: false, cursor.Inner, limit);
        Page<SessionRecord> page = await store.ListSessionsAsync(query, cancellationToken);
        return (
            page.Items.Select(session => new ExchangeLine { Type = ExchangeLineType.Session, Session = SessionLine.From(session) }),
            new ExportCursor(page.NextCursor is null, page.NextCursor));
    }

    private static async Task<(IEnumerable<ExchangeLine> Lines, ExportCursor? Next)> ExportItemsAsync(
        IMemoryStore store, Scope scope, ExportCursor cursor, int limit, CancellationToken cancellationToken)
    {
        Page<MemoryItem> page = await store.ListItemsAsync(new ItemQuery { Scope = scope, Cursor = cursor.Inner, Limit = limit }, cancellationToken);
        return (
            page.Items.Select(item => new ExchangeLine { Type = ExchangeLineType.Item, Item = ItemLine.From(item) }),
            page.NextCursor is { } next ? new ExportCursor(InItems: true, next) : null);
    }

    private static async Task<IResult> Import(HttpContext context, WorkerClient worker, TenantQuotas quotas, TimeProvider time)
    {
        RequestCheck check = new(context);
        Scope scope = new(Caller.TenantOf(context), check.Query("user", TextForms.Id) ?? Users.Default);
        IReadOnlyList<ExchangeLine> lines = await ReadLinesAsync(check);
        if ((check.Failure ?? quotas.Take(scope.Tenant, Quota.Writes, Math.Max(1, lines.Count))) is { } failure)
        {
            return failure;
        }

        ImportBatch batch = new(
            scope,
            [.. lines.Where(line => line.Session is not null).Select(line => line.Session!.ToRecord(scope))],
            [.. lines.Where(line => line.Item is not null).Select(line => line.Item!.ToItem(scope))],
            time.GetUtcNow());
        return Answer.From(await worker.ImportAsync(batch, context.RequestAborted), outcome => outcome);
    }

    private static async Task<IReadOnlyList<ExchangeLine>> ReadLinesAsync(RequestCheck check)
    {
        List<ExchangeLine> lines = [];
        ReadOnlyMemory<byte> rest = await check.BytesAsync(MediaType);
        for (int number = 0; !rest.IsEmpty; number++)
        {
            int end = rest.Span.IndexOf((byte)'\n');
            ReadOnlyMemory<byte> line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (!line.Span.Trim(" \t\r"u8).IsEmpty)
            {
                // The pointer's first part is the number of the line, from 0: a file of lines is an array of them.
                lines.Add(check.Parse(line, ExchangeLineValidator.Instance, $"/{number}"));
            }
        }

        return lines;
    }
}

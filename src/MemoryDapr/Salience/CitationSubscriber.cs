using System.Diagnostics;
using System.Text.Json;
using Dapr.Actors.Client;
using Dapr.AspNetCore;
using FluentValidation;
using MemoryDapr.Stores;
using MemoryDapr.Telemetry;
using MemoryDapr.Types;
using Microsoft.Extensions.Logging;

namespace MemoryDapr.Salience;

/// <summary>Takes citations in bulk and applies one batched update for each scope.</summary>
internal sealed partial class CitationSubscriber(
    IMemoryStore store,
    IActorProxyFactory actors,
    IPipelineScheduler scheduler,
    IValidator<CitationEvent> validator,
    PromoteOptions promote,
    TimeProvider time,
    ILogger<CitationSubscriber> logger)
{
    /// <summary>
    /// Counts a delivery's citations. An entry that cannot be read is dropped (to the dead letter topic); one whose scope could not be
    /// written comes again alone, and what it counted already does not count twice.
    /// </summary>
    public async Task<BulkSubscribeAppResponse> HandleAsync(
        BulkSubscribeMessage<JsonElement> message,
        CancellationToken cancellationToken)
    {
        using Activity? span = MemoryTelemetry.Spans.StartActivity("salience.deliver");
        span?.SetTag("memory.entries", message.Entries.Count);
        var statuses = new Dictionary<string, BulkSubscribeAppResponseStatus>(StringComparer.Ordinal);
        var citations = new List<(string EntryId, string Tenant, Citation Citation)>();
        foreach (BulkSubscribeMessageEntry<JsonElement> entry in message.Entries)
        {
            CitationEvent? data = Read(entry.Event);
            statuses[entry.EntryId] = data is null ? BulkSubscribeAppResponseStatus.DROP : BulkSubscribeAppResponseStatus.SUCCESS;
            citations.AddRange(data?.Citations.Select(citation => (entry.EntryId, data.Tenant, citation)) ?? []);
        }

        foreach (IGrouping<string, (string EntryId, string Tenant, Citation Citation)> tenant in citations.GroupBy(one => one.Tenant))
        {
            foreach (string entryId in await CountTenantAsync(tenant.Key, [.. tenant], cancellationToken))
            {
                statuses[entryId] = BulkSubscribeAppResponseStatus.RETRY;
            }
        }

        return new BulkSubscribeAppResponse([.. statuses.Select(status => new BulkSubscribeAppResponseEntry(status.Key, status.Value))]);
    }

    // The event as it comes, and not a type of it: one that has another form must not fail the whole delivery, for it would come for ever.
    private CitationEvent? Read(JsonElement cloudEvent)
    {
        if (cloudEvent.ValueKind != JsonValueKind.Object || !cloudEvent.TryGetProperty("data", out JsonElement json))
        {
            return null;
        }

        try
        {
            CitationEvent? data = json.Deserialize<CitationEvent>(MemoryJson.Options);
            return data is not null && validator.Validate(data).IsValid ? data : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<string>> CountTenantAsync(
        string tenant,
        IReadOnlyList<(string EntryId, string Tenant, Citation Citation)> citations,
        CancellationToken cancellationToken)
    {
        Dictionary<string, Scope> scopes;
        try
        {
            string[] ids = [.. citations.Select(one => one.Citation.ItemId).Distinct()];
            scopes = [];
            foreach (string[] chunk in ids.Chunk(500))
            {
                foreach (MemoryItem item in await store.GetItemsAsync(tenant, chunk, cancellationToken))
                {
                    scopes[item.Id] = item.Scope;
                }
            }
        }
#pragma warning disable CA1031 // Whatever it was, the broker brings the entries again; nothing was counted.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            CountFailed(logger, tenant, exception);
            return [.. citations.Select(one => one.EntryId).Distinct()];
        }

        var failed = new HashSet<string>(StringComparer.Ordinal);
        foreach (IGrouping<Scope, (string EntryId, string Tenant, Citation Citation)> scope in citations
            .Where(one => scopes.ContainsKey(one.Citation.ItemId))
            .GroupBy(one => scopes[one.Citation.ItemId]))
        {
            try
            {
                await CountScopeAsync(scope.Key, [.. scope.Select(one => one.Citation)], cancellationToken);
            }
#pragma warning disable CA1031 // As above: counted ones are recognised when they come again.
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                CountFailed(logger, tenant, exception);
                failed.UnionWith(scope.Select(one => one.EntryId));
            }
        }

        return [.. failed];
    }

    private async Task CountScopeAsync(Scope scope, IReadOnlyList<Citation> citations, CancellationToken cancellationToken)
    {
        IScopeActor writer = actors.Writer(scope);
        foreach (Citation[] batch in citations.Chunk(1000))
        {
            CitationOutcome outcome = await writer.CiteAsync(new CitationBatch(scope, batch, promote.Threshold), cancellationToken);
            SalienceInstruments.Counted.Add(outcome.Counted);
            if (outcome.Ripe.Count > 0)
            {
                await PromoteAsync(scope, outcome.Ripe, cancellationToken);
            }
        }
    }

    private Task PromoteAsync(Scope scope, IReadOnlyList<string> ripe, CancellationToken cancellationToken) =>
        scheduler.ScheduleAsync(PipelineRecord.ForPromotion(scope, string.Join(',', ripe), time.GetUtcNow()), cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Citations of tenant {Tenant} could not be counted now; the broker brings them again.")]
    private static partial void CountFailed(ILogger logger, string tenant, Exception exception);
}

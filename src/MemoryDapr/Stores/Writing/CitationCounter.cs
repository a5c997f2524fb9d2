using System.Diagnostics;
using MemoryDapr.Telemetry;
using MemoryDapr.Types;

namespace MemoryDapr.Stores.Writing;

/// <summary>Turns citations into salience, many at a time.</summary>
internal sealed class CitationCounter(IMemoryStore store, TimeProvider time)
{
    public async Task<CitationOutcome> CountAsync(CitationBatch batch, CancellationToken cancellationToken)
    {
        using Activity? span = MemoryTelemetry.Spans.StartActivity("salience.cite");
        span?.SetTag("memory.citations", batch.Citations.Count);
        string[] ids = [.. batch.Citations.Select(citation => citation.ItemId).Distinct()];
        Dictionary<string, MemoryItem> items = (await store.GetItemsAsync(batch.Scope.Tenant, ids, cancellationToken))
            .Where(item => item.Scope == batch.Scope)
            .ToDictionary(item => item.Id, StringComparer.Ordinal);
        HashSet<(string, string)> counted = [.. (await store.FindCountedAsync(batch.Scope, batch.Citations, cancellationToken))
            .Select(citation => (citation.AnswerId, citation.ItemId))];

        DateTimeOffset now = time.GetUtcNow();
        var newlyCounted = new List<CountedCitation>();
        int repeated = 0;
        int unknown = 0;
        foreach (Citation citation in batch.Citations)
        {
            if (!items.TryGetValue(citation.ItemId, out MemoryItem? item))
            {
                unknown++;
            }
            else if (!counted.Add((citation.AnswerId, citation.ItemId)))
            {
                repeated++;
            }
            else
            {
                items[item.Id] = item with { Salience = Weigh(item.Salience, citation, now) };
                newlyCounted.Add(new CountedCitation(citation.AnswerId, citation.ItemId, now));
            }
        }

        MemoryItem[] changed = [.. newlyCounted.Select(citation => citation.ItemId).Distinct().Select(id => items[id])];
        if (changed.Length > 0)
        {
            await store.ApplyAsync(
                new StoreBatch
                {
                    Scope = batch.Scope,
                    Saliences = [.. changed.Select(item => new SalienceChange(item.Id, item.Salience))],
                    Citations = newlyCounted,
                },
                cancellationToken);
        }

        // Also when nothing was counted anew: a repeated batch must lead to the same promotion as the first.
        string[] ripe = [.. items.Values
            .Where(item => item.Kind == MemoryKind.Episode && !item.Promoted && item.Salience.Value >= batch.RipeFrom)
            .Select(item => item.Id)
            .Order(StringComparer.Ordinal)];
        return new CitationOutcome(newlyCounted.Count, repeated, unknown, ripe);
    }

    // Citations come late and out of order, from clocks that are not ours: a time that is missing or ahead is now, and an item's salience
    // never goes back to an earlier moment, from which it would decay twice.
    private static SalienceLevel Weigh(SalienceLevel salience, Citation citation, DateTimeOffset now)
    {
        DateTimeOffset at = citation.At == default || citation.At > now ? now : citation.At;
        at = at < salience.At ? salience.At : at;
        return citation.Verdict == CitationVerdict.Used ? salience.Used(at) : salience.Refuted(at);
    }
}

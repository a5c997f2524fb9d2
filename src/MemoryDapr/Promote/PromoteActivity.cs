using System.Diagnostics;
using System.Globalization;
using Dapr.Workflow;
using MemoryDapr.Stores;
using MemoryDapr.Stores.Merging;
using MemoryDapr.Stores.Pipelines;
using MemoryDapr.Telemetry;
using MemoryDapr.Types;

namespace MemoryDapr.Promote;

/// <summary>Step 2: makes the episodes' facts items of their own, brings them together with what is known, and marks the episodes.</summary>
internal sealed class PromoteActivity(IMemoryStore store, Consolidation consolidation, PromoteOptions options, PipelineSteps steps, TimeProvider time)
    : WorkflowActivity<EpisodesToPromote, PromotedFacts>
{
    public override async Task<PromotedFacts> RunAsync(WorkflowActivityContext context, EpisodesToPromote input)
    {
        using Activity? span = MemoryTelemetry.Spans.StartActivity("promote.store");
        return await steps.RunAsync(input.Pipeline, _ => PromoteAsync(input));
    }

    private async Task<PromotedFacts> PromoteAsync(EpisodesToPromote input)
    {
        DateTimeOffset now = time.GetUtcNow();
        Scope scope = input.Pipeline.Scope;
        IReadOnlyList<MemoryItem> episodes = await store.GetItemsAsync(scope.Tenant, input.Ids, CancellationToken.None);
        MemoryItem[] facts = [.. episodes.SelectMany(episode => episode.Facts.Select((fact, index) => ToItem(episode, fact, index, now)))];
        HistoryEntry[] history = [.. episodes.Where(episode => !episode.Promoted).Select(episode => Describe(episode, input.Pipeline.Id, now))];
        Consolidated result = await consolidation.StoreAsync(scope, input.Pipeline.Id, facts, history, distilled: null, CancellationToken.None);
        PromoteInstruments.Count(result);
        return new PromotedFacts(result.Created, result.Merged, result.Dropped, result.Fallback);
    }

    private static MemoryItem ToItem(MemoryItem episode, EpisodeFact fact, int index, DateTimeOffset now) => new()
    {
        Id = ItemId.ForFact(episode.Scope, episode.Id, index),
        Scope = episode.Scope,
        Kind = MemoryKind.Fact,
        Text = fact.Text,
        At = episode.At,
        Sources = fact.Sources,
        DerivedFrom = [episode.Id],
        ValidFrom = episode.At,
        Salience = SalienceLevel.New(now),
        CreatedAt = now,
        UpdatedAt = now,
    };

    /// <summary>The decision with what it was decided on.</summary>
    private HistoryEntry Describe(MemoryItem episode, string pipelineId, DateTimeOffset now)
    {
        double salience = episode.Salience.ValueAt(now);
        string reason = string.Create(
            CultureInfo.InvariantCulture,
            $"Its salience of {salience:0.000} reached the threshold of {options.Threshold:0.000}.");
        string[] facts = [.. episode.Facts.Select((_, index) => ItemId.ForFact(episode.Scope, episode.Id, index))];
        return new HistoryEntry(episode.Id, now, "promoted", reason, pipelineId, facts, episode.Sources, salience);
    }
}

using System.Diagnostics;
using Dapr.Actors.Client;
using MemoryDapr.Models;
using MemoryDapr.Telemetry;
using MemoryDapr.Types;

namespace MemoryDapr.Stores.Merging;

/// <summary>
/// Brings a pipeline's drafts and what is known together: decides what is new, merges the rest, and stores both through the scope's one
/// writer. Where another pipeline was faster, it decides again.
/// </summary>
/// <remarks>
/// May run again with the same drafts after a failure. What is stored then is recognised: a new item by its id, a merge by the step in
/// the history that names the draft.
/// </remarks>
internal sealed class Consolidation(
    IMemoryStore store,
    IActorProxyFactory actors,
    Neighbours neighbours,
    IMergeJudge judge,
    RulesJudge rules,
    ItemMerge merge,
    IEmbedder embedder,
    TimeProvider time)
{
    private const int Rounds = 3;

    /// <summary>Stores the drafts, new items of version 1 with deterministic ids.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="pipelineId">The pipeline.</param>
    /// <param name="drafts">The drafts.</param>
    /// <param name="promoted">Episodes that are promoted by this, and the history of that.</param>
    /// <param name="distilled">The turns that are distilled by this; null for a promotion.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ConflictsRemainException">Others changed the same items each time: try again later.</exception>
    public async Task<Consolidated> StoreAsync(
        Scope scope,
        string pipelineId,
        IReadOnlyList<MemoryItem> drafts,
        IReadOnlyList<HistoryEntry> promoted,
        DistilledMark? distilled,
        CancellationToken cancellationToken)
    {
        IScopeActor writer = actors.Writer(scope);
        HashSet<string> own = [.. drafts.Select(draft => draft.Id)];
        Dictionary<string, MemoryItem> known = (await GetItemsAsync(scope.Tenant, [.. own], cancellationToken)).ToDictionary(item => item.Id);
        string[] stored = [.. known.Keys];
        List<MemoryItem> open = [.. drafts.Where(draft => !known.ContainsKey(draft.Id))];
        IReadOnlyList<MemoryItem> conflicts = [];
        for (int round = 0; round < Rounds; round++)
        {
            DerivedRevision before = await writer.GetDerivedRevisionAsync(cancellationToken);
            var attempt = new ConsolidationAttempt(pipelineId, merge, rules, time.GetUtcNow());
            await DecideAsync(attempt, open, conflicts, own, cancellationToken);
            DerivedBatch batch = attempt.ToBatch(scope, promoted) with
            {
                Vectors = await EmbedAsync(attempt.Items, cancellationToken),
                Distilled = distilled,
                DecidedAt = before,
            };
            DerivedOutcome outcome = await writer.StoreDerivedAsync(batch, cancellationToken);
            if (outcome.Conflicts.Count == 0)
            {
                return attempt.ToResult(stored, outcome);
            }

            conflicts = [.. conflicts.Where(item => outcome.Conflicts.All(newer => newer.Id != item.Id)), .. outcome.Conflicts];
        }

        throw new ConflictsRemainException(pipelineId);
    }

    private async Task DecideAsync(
        ConsolidationAttempt attempt,
        List<MemoryItem> open,
        IReadOnlyList<MemoryItem> conflicts,
        HashSet<string> own,
        CancellationToken cancellationToken)
    {
        using Activity? span = MemoryTelemetry.Spans.StartActivity("distill.decide");
        var questions = new List<MergeQuestion>(open.Count);
        foreach (MemoryItem draft in attempt.JoinAlike(open))
        {
            IReadOnlyList<MemoryItem> candidates = await neighbours.FindAsync(draft, conflicts, own, cancellationToken);
            attempt.See(candidates);
            questions.Add(new MergeQuestion(draft, candidates));
        }

        attempt.See(conflicts);
        IReadOnlyList<MergeDecision> decisions = await judge.DecideAsync(questions, cancellationToken);
        foreach ((MergeQuestion question, MergeDecision decision) in questions.Zip(decisions))
        {
            bool isDone = decision.Target is { } target && await IsDoneAsync(attempt.PipelineId, question.Draft, target, cancellationToken);
            attempt.Carry(question.Draft, decision, isDone);
        }
    }

    /// <summary>Whether an earlier run of this step has stored this merge already.</summary>
    private async Task<bool> IsDoneAsync(string pipelineId, MemoryItem draft, MemoryItem target, CancellationToken cancellationToken)
    {
        IReadOnlyList<HistoryEntry> history = await store.GetHistoryAsync(target.Scope.Tenant, target.Id, cancellationToken);
        return history.Any(step => step.PipelineId == pipelineId && step.Inputs.Contains(draft.Id));
    }

    private async Task<IReadOnlyList<MemoryItem>> GetItemsAsync(string tenant, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        ids.Count == 0 ? [] : await store.GetItemsAsync(tenant, ids, cancellationToken);

    private async Task<IReadOnlyList<ItemVector>> EmbedAsync(IReadOnlyList<MemoryItem> items, CancellationToken cancellationToken)
    {
        if (!embedder.IsEnabled || items.Count == 0)
        {
            return [];
        }

        IReadOnlyList<IReadOnlyList<float>> vectors = await embedder.EmbedAsync([.. items.Select(item => item.Text)], cancellationToken);
        return [.. items.Zip(vectors, (item, vector) => new ItemVector(item.Id, vector))];
    }
}

using System.Text.Json;
using MemoryDapr.Models;
using MemoryDapr.Stores;
using MemoryDapr.Stores.Pipelines;
using MemoryDapr.Types;

namespace MemoryDapr.Distill;

/// <summary>
/// Reads a pipeline's turns and drafts episodes of them. A model's draft waits in the pipeline's record, so that a step that is repeated does
/// not ask the model again, and the workflow's history holds no memory text. What the rules draft they draft again in milliseconds, and the
/// same: it waits in this process's memory, where it costs nothing.
/// </summary>
internal sealed class EpisodeDrafts(
    IMemoryStore store, IEpisodeExtractor extractor, IChatModel model, RecentDrafts recent, PipelineRecords records, TimeProvider time)
{
    private const int Page = 200;

    /// <summary>Drafts the episodes, unless an earlier run has.</summary>
    public async Task<DraftedEpisodes> PrepareAsync(PipelineInput pipeline, PipelineRecord record, CancellationToken cancellationToken)
    {
        IReadOnlyList<MemoryItem> turns = await ListTurnsAsync(pipeline, cancellationToken);
        if (turns.Count == 0)
        {
            return new DraftedEpisodes(0, 0, 0, IsFallback: false);
        }

        IReadOnlyList<SourceTurn> sources = SourceTurn.Read(turns);
        if (record.Draft is not null && record.DraftTurns == turns.Count)
        {
            return new DraftedEpisodes(turns.Count, sources.Count, ReadDraft(record.Draft).Count, IsFallback: false);
        }

        Extraction extraction = await extractor.ExtractAsync(sources, cancellationToken);
        IReadOnlyList<MemoryItem> drafts = ToItems(pipeline, turns, sources, extraction.Episodes);
        if (model.IsEnabled)
        {
            await records.BeginAsync(
                record,
                drafts.Count == 0 ? null : JsonSerializer.Serialize(drafts, MemoryJson.Options),
                drafts.Count == 0 ? 0 : turns.Count,
                cancellationToken);
        }
        else
        {
            recent.Add(pipeline.Id, drafts);
        }

        return new DraftedEpisodes(turns.Count, sources.Count, drafts.Count, extraction.IsFallback);
    }

    /// <summary>The drafts; made anew where a turn has been erased since, and with it the draft.</summary>
    public async Task<IReadOnlyList<MemoryItem>> GetAsync(PipelineInput pipeline, PipelineRecord record, CancellationToken cancellationToken)
    {
        if (record.Draft is not null)
        {
            return ReadDraft(record.Draft);
        }

        if (recent.Take(pipeline.Id) is { } drafts)
        {
            return drafts;
        }

        IReadOnlyList<MemoryItem> turns = await ListTurnsAsync(pipeline, cancellationToken);
        IReadOnlyList<SourceTurn> sources = SourceTurn.Read(turns);
        return ToItems(pipeline, turns, sources, (await extractor.ExtractAsync(sources, cancellationToken)).Episodes);
    }

    private async Task<IReadOnlyList<MemoryItem>> ListTurnsAsync(PipelineInput pipeline, CancellationToken cancellationToken)
    {
        var turns = new List<MemoryItem>();
        long from = pipeline.From;
        while (from < pipeline.To)
        {
            IReadOnlyList<MemoryItem> page = await store.ListTurnsAsync(pipeline.Scope, pipeline.SessionId!, from, Page, cancellationToken);
            turns.AddRange(page.Where(turn => turn.Ordinal < pipeline.To));
            from = page.Count < Page ? pipeline.To : page[^1].Ordinal + 1;
        }

        return turns;
    }

    private IReadOnlyList<MemoryItem> ToItems(
        PipelineInput pipeline, IReadOnlyList<MemoryItem> turns, IReadOnlyList<SourceTurn> sources, IReadOnlyList<ExtractedEpisode> episodes)
    {
        DateTimeOffset now = time.GetUtcNow();
        Dictionary<string, long> ordinals = turns.ToDictionary(turn => turn.TurnId!, turn => turn.Ordinal, StringComparer.Ordinal);
        return [.. episodes.Select((episode, index) => new MemoryItem
        {
            Id = ItemId.ForEpisode(pipeline.Scope, pipeline.Id, index),
            Scope = pipeline.Scope,
            Kind = MemoryKind.Episode,
            Title = episode.Title,
            Text = episode.Summary,
            SessionId = pipeline.SessionId,
            Ordinal = ordinals[sources[episode.Turns[0]].TurnId],
            At = episode.Turns.Min(turn => sources[turn].At),
            Until = episode.Turns.Max(turn => sources[turn].At),
            Sources = ToSources(episode.Turns),
            Facts = [.. episode.Facts.Select(fact => new EpisodeFact(fact.Text, ToSources(fact.Turns)))],
            Salience = SalienceLevel.New(now),
            CreatedAt = now,
            UpdatedAt = now,
        })];

        IReadOnlyList<TurnSource> ToSources(IEnumerable<int> indexes) =>
            [.. indexes.Select(index => new TurnSource(pipeline.SessionId!, sources[index].TurnId))];
    }

    private static IReadOnlyList<MemoryItem> ReadDraft(string draft) =>
        JsonSerializer.Deserialize<IReadOnlyList<MemoryItem>>(draft, MemoryJson.Options) ?? [];
}

using Dapr.Actors.Client;
using MemoryDapr.Models;
using MemoryDapr.Types;

namespace MemoryDapr.Stores.Pipelines;

/// <summary>Reads and writes the records that lists of pipelines show.</summary>
internal sealed class PipelineRecords(IMemoryStore store, IActorProxyFactory actors, IChatModel model, TimeProvider time)
{
    private const int ErrorCharacters = 500;

    /// <summary>The pipeline's record; one as if it were just wanted where there is none.</summary>
    public async Task<PipelineRecord> GetAsync(PipelineInput pipeline, CancellationToken cancellationToken) =>
        await store.GetPipelineAsync(pipeline.Scope.Tenant, pipeline.Id, cancellationToken) ?? Wanted(pipeline);

    /// <summary>Says that it is wanted, unless there is a record of it already.</summary>
    public async Task AddAsync(PipelineRecord pipeline, CancellationToken cancellationToken)
    {
        if (await store.GetPipelineAsync(pipeline.Scope.Tenant, pipeline.Id, cancellationToken) is null)
        {
            await WriteAsync(pipeline with { Status = PipelineStatus.Queued }, cancellationToken);
        }
    }

    /// <summary>
    /// Says that a step is at work, where the record says something else, and answers the record. A start after a failure is another
    /// attempt.
    /// </summary>
    /// <remarks>
    /// Without a model all steps are done in milliseconds, and a write each time would only tell of what is over before it can be read:
    /// the record stays queued until its end, and who asks for the pipeline sees by its steps that it runs.
    /// </remarks>
    public async Task<PipelineRecord> ResumeAsync(PipelineInput pipeline, CancellationToken cancellationToken)
    {
        PipelineRecord? record = await store.GetPipelineAsync(pipeline.Scope.Tenant, pipeline.Id, cancellationToken);
        if (record is null)
        {
            return Wanted(pipeline);
        }

        bool isTold = record.Status is PipelineStatus.Waiting or PipelineStatus.Failed || (record.Status == PipelineStatus.Queued && model.IsEnabled);
        return isTold ? await BeginAsync(record, record.Draft, record.DraftTurns, cancellationToken) : record;
    }

    /// <summary>Says that a step has failed and will be tried again. What its earlier steps left stays.</summary>
    public async Task WaitAsync(PipelineInput pipeline, string error, CancellationToken cancellationToken)
    {
        PipelineRecord record = await GetAsync(pipeline, cancellationToken);
        if (record.Status is PipelineStatus.Running or PipelineStatus.Queued)
        {
            await WriteAsync(record with { Status = PipelineStatus.Waiting, Error = Cut(error) }, cancellationToken);
        }
    }

    /// <summary>Says that it is at work, and keeps what a step leaves. A start after a failure is another attempt.</summary>
    /// <param name="record">The record as it was.</param>
    /// <param name="draft">What the step leaves for the next one; null for nothing.</param>
    /// <param name="draftTurns">How many turns the draft was made of.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<PipelineRecord> BeginAsync(PipelineRecord record, string? draft, int draftTurns, CancellationToken cancellationToken)
    {
        PipelineRecord begun = record with
        {
            Status = PipelineStatus.Running,
            Attempts = record.Status == PipelineStatus.Failed ? record.Attempts + 1 : record.Attempts,
            Error = null,
            Draft = draft,
            DraftTurns = draftTurns,
        };
        await WriteAsync(begun, cancellationToken);
        return begun;
    }

    /// <summary>Says how it ended; its draft goes.</summary>
    public async Task EndAsync(PipelineEnd end, CancellationToken cancellationToken) =>
        await EndAsync(await GetAsync(end.Pipeline, cancellationToken), end.Status, end.Error, cancellationToken);

    /// <summary>Says how it ended; its draft goes.</summary>
    public Task EndAsync(PipelineRecord record, PipelineStatus status, string? error, CancellationToken cancellationToken) =>
        WriteAsync(record with { Status = status, Error = Cut(error), Draft = null, DraftTurns = 0 }, cancellationToken);

    /// <summary>Writes a record as it is, changed now.</summary>
    public Task WriteAsync(PipelineRecord record, CancellationToken cancellationToken) =>
        actors.Writer(record.Scope).RecordPipelinesAsync(
            new PipelineBatch(record.Scope, [record with { UpdatedAt = time.GetUtcNow() }], []),
            cancellationToken);

    private PipelineRecord Wanted(PipelineInput pipeline)
    {
        DateTimeOffset now = time.GetUtcNow();
        return new PipelineRecord
        {
            Id = pipeline.Id,
            Scope = pipeline.Scope,
            Kind = pipeline.Kind,
            SessionId = pipeline.SessionId,
            From = pipeline.From,
            To = pipeline.To,
            Status = PipelineStatus.Queued,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }

    private static string? Cut(string? error) => error is { Length: > ErrorCharacters } ? error[..ErrorCharacters] : error;
}

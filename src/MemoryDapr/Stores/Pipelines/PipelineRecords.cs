using Dapr.Actors.Client;
using MemoryDapr.Types;

namespace MemoryDapr.Stores.Pipelines;

/// <summary>Reads and writes the records that lists of pipelines show.</summary>
internal sealed class PipelineRecords(IMemoryStore store, IActorProxyFactory actors, TimeProvider time)
{
    private const int ErrorCharacters = 500;

    /// <summary>The pipeline's record; one as if it were just wanted where there is none.</summary>
    public async Task<PipelineRecord> GetAsync(PipelineInput pipeline, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        return await store.GetPipelineAsync(pipeline.Scope.Tenant, pipeline.Id, cancellationToken) ?? new PipelineRecord
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

    /// <summary>Says that it is wanted, unless there is a record of it already.</summary>
    public async Task AddAsync(PipelineRecord pipeline, CancellationToken cancellationToken)
    {
        if (await store.GetPipelineAsync(pipeline.Scope.Tenant, pipeline.Id, cancellationToken) is null)
        {
            await WriteAsync(pipeline with { Status = PipelineStatus.Queued }, cancellationToken);
        }
    }

    /// <summary>Says that a step is at work, where the record says something else. A start after a failure is another attempt.</summary>
    public async Task ResumeAsync(PipelineInput pipeline, CancellationToken cancellationToken)
    {
        PipelineRecord? record = await store.GetPipelineAsync(pipeline.Scope.Tenant, pipeline.Id, cancellationToken);
        if (record is { Status: PipelineStatus.Queued or PipelineStatus.Waiting or PipelineStatus.Failed })
        {
            await BeginAsync(record, record.Draft, record.DraftTurns, cancellationToken);
        }
    }

    /// <summary>Says that a step has failed and will be tried again. What its earlier steps left stays.</summary>
    public async Task WaitAsync(PipelineInput pipeline, string error, CancellationToken cancellationToken)
    {
        PipelineRecord record = await GetAsync(pipeline, cancellationToken);
        if (record.Status == PipelineStatus.Running)
        {
            await WriteAsync(record with { Status = PipelineStatus.Waiting, Error = Cut(error) }, cancellationToken);
        }
    }

    /// <summary>Says that it is at work, and keeps what a step leaves. A start after a failure is another attempt.</summary>
    /// <param name="record">The record as it was.</param>
    /// <param name="draft">What the step leaves for the next one; null for nothing.</param>
    /// <param name="draftTurns">How many turns the draft was made of.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public Task BeginAsync(PipelineRecord record, string? draft, int draftTurns, CancellationToken cancellationToken) => WriteAsync(
        record with
        {
            Status = PipelineStatus.Running,
            Attempts = record.Status == PipelineStatus.Failed ? record.Attempts + 1 : record.Attempts,
            Error = null,
            Draft = draft,
            DraftTurns = draftTurns,
        },
        cancellationToken);

    /// <summary>Says how it ended; its draft goes.</summary>
    public async Task EndAsync(PipelineEnd end, CancellationToken cancellationToken)
    {
        PipelineRecord record = await GetAsync(end.Pipeline, cancellationToken);
        await WriteAsync(record with { Status = end.Status, Error = Cut(end.Error), Draft = null, DraftTurns = 0 }, cancellationToken);
    }

    /// <summary>Writes a record as it is, changed now.</summary>
    public Task WriteAsync(PipelineRecord record, CancellationToken cancellationToken) =>
        actors.Writer(record.Scope).RecordPipelinesAsync(
            new PipelineBatch(record.Scope, [record with { UpdatedAt = time.GetUtcNow() }], []),
            cancellationToken);

    private static string? Cut(string? error) => error is { Length: > ErrorCharacters } ? error[..ErrorCharacters] : error;
}

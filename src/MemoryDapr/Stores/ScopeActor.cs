using Dapr.Actors.Runtime;
using MemoryDapr.Stores.Writing;
using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <inheritdoc cref="IScopeActor"/>
internal sealed class ScopeActor(ActorHost host, ScopeWriters writers, IIdGenerator ids) : Actor(host), IScopeActor
{
    private readonly RecentlyDerived _derived = new(ids.Next());

    public Task<IndexedTurns> IndexAsync(TurnBatch batch, CancellationToken cancellationToken = default) =>
        writers.Turns.IndexAsync(batch, cancellationToken);

    public Task StoreVectorsAsync(VectorBatch batch, CancellationToken cancellationToken = default) =>
        writers.Vectors.StoreAsync(batch, cancellationToken);

    public Task<DerivedRevision> GetDerivedRevisionAsync(CancellationToken cancellationToken = default) => Task.FromResult(_derived.Revision);

    public Task<DerivedOutcome> StoreDerivedAsync(DerivedBatch batch, CancellationToken cancellationToken = default) =>
        writers.Derived.StoreAsync(batch, _derived, cancellationToken);

    public Task RecordPipelinesAsync(PipelineBatch batch, CancellationToken cancellationToken = default) =>
        writers.Pipelines.RecordAsync(batch, cancellationToken);

    public Task<long?> AdvanceDistilledAsync(DistilledMark mark, CancellationToken cancellationToken = default) =>
        writers.Turns.AdvanceDistilledAsync(mark, cancellationToken);

    public Task<CitationOutcome> CiteAsync(CitationBatch batch, CancellationToken cancellationToken = default) =>
        writers.Citations.CountAsync(batch, cancellationToken);

    public Task<Outcome<MemoryItem>> EditAsync(ItemEdit edit, CancellationToken cancellationToken = default)
    {
        _derived.Forget();
        return writers.Items.EditAsync(edit, cancellationToken);
    }

    public Task<IReadOnlyList<MemoryItem>> StoreDocumentsAsync(DocumentBatch batch, CancellationToken cancellationToken = default) =>
        writers.Items.StoreDocumentsAsync(batch, cancellationToken);

    public Task<ErasureRecord> EraseAsync(ErasureStep step, CancellationToken cancellationToken = default)
    {
        _derived.Forget();
        return writers.Erasures.EraseAsync(step, cancellationToken);
    }

    public Task<ImportOutcome> ImportAsync(ImportBatch batch, CancellationToken cancellationToken = default)
    {
        _derived.Forget();
        return writers.Imports.ImportAsync(batch, cancellationToken);
    }
}

using Dapr.Actors;
using MemoryDapr.Types;

namespace MemoryDapr.Stores;

/// <summary>
/// The one writer of a scope: every write of the scope to the store passes here, one at a time, and what is erased is checked inside
/// its turn. So appends that change a neighbour's context, salience, merges and erasure neither lose each other's updates nor bring
/// erased text back. Its id is <see cref="Scope.ActorId"/>. It calls no model and publishes nothing.
/// </summary>
/// <remarks>Every method may be called again with the same argument after a failure; the second time changes nothing.</remarks>
public interface IScopeActor : IActor
{
    /// <summary>Stores turns as evidence, with their sessions' records and the pipelines that were planned with them.</summary>
    Task<IndexedTurns> IndexAsync(TurnBatch batch, CancellationToken cancellationToken = default);

    /// <summary>Stores embeddings of items; those of items that have changed or gone since are passed over.</summary>
    Task StoreVectorsAsync(VectorBatch batch, CancellationToken cancellationToken = default);

    /// <summary>Where the writer stands now: whoever decides on what the scope holds from now on tells it with the result.</summary>
    Task<DerivedRevision> GetDerivedRevisionAsync(CancellationToken cancellationToken = default);

    /// <summary>Stores what a pipeline made, unless its sources are erased or somebody else has meanwhile stored the same.</summary>
    Task<DerivedOutcome> StoreDerivedAsync(DerivedBatch batch, CancellationToken cancellationToken = default);

    /// <summary>Replaces pipeline records (status, draft, error). A record of a session that was erased meanwhile is not written.</summary>
    Task RecordPipelinesAsync(PipelineBatch batch, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes down which turns of a session are distilled. Answers how far it is distilled without a gap; null if the scope has no such
    /// session.
    /// </summary>
    Task<long?> AdvanceDistilledAsync(DistilledMark mark, CancellationToken cancellationToken = default);

    /// <summary>Counts citations, each (answer, item) once, and answers which episodes became ripe for promotion by them.</summary>
    Task<CitationOutcome> CiteAsync(CitationBatch batch, CancellationToken cancellationToken = default);

    /// <summary>Corrects, pins or ends one item.</summary>
    Task<Outcome<MemoryItem>> EditAsync(ItemEdit edit, CancellationToken cancellationToken = default);

    /// <summary>Stores documents directly.</summary>
    Task<IReadOnlyList<MemoryItem>> StoreDocumentsAsync(DocumentBatch batch, CancellationToken cancellationToken = default);

    /// <summary>Erases turns or items, with what was derived from them; derived items that other turns still support are rebuilt.</summary>
    Task<ErasureRecord> EraseAsync(ErasureStep step, CancellationToken cancellationToken = default);

    /// <summary>Stores exported lines again; erased turns and what rests on them stay out.</summary>
    Task<ImportOutcome> ImportAsync(ImportBatch batch, CancellationToken cancellationToken = default);
}

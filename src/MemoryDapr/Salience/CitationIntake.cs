using MemoryDapr.Stores.Outbox;
using MemoryDapr.Types;

namespace MemoryDapr.Salience;

/// <summary>Accepts citations durably, to be counted in bulk.</summary>
internal sealed class CitationIntake(Outbox outbox)
{
    /// <summary>When it returns, the citations will be counted; the same request again counts nothing more.</summary>
    public async Task<Outcome<AcceptedCitations>> AcceptAsync(CitationRequest request, CancellationToken cancellationToken)
    {
        string[] parts = [.. request.Citations.SelectMany(citation => new[] { citation.AnswerId, citation.ItemId, citation.Verdict.ToString() })];
        string eventId = StableHash.Hex(32, [request.Tenant, .. parts]);
        await outbox.AddAsync(
            request.Tenant,
            MemoryEvents.Citations,
            eventId,
            new CitationEvent(request.Tenant, request.Citations),
            cancellationToken);
        return new AcceptedCitations(request.Citations.Count);
    }
}

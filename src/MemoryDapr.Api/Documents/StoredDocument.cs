namespace MemoryDapr.Api.Documents;

/// <summary>A stored document.</summary>
/// <param name="Id">Its application's id; the same id again replaces it.</param>
/// <param name="ItemId">Its id as a memory.</param>
/// <param name="Version">How often it has been stored with other content.</param>
internal sealed record StoredDocument(string Id, string ItemId, long Version);

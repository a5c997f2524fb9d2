namespace MemoryDapr.Api.Documents;

/// <summary>The documents as they are stored, in the order of the request.</summary>
internal sealed record DocumentsAnswer(IReadOnlyList<StoredDocument> Documents);

namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>A term, and where its ordered postings are; until something is added.</summary>
internal readonly record struct TermPlace(uint Term, int Start, int End);

namespace MemoryDapr.Stores;

/// <summary>A word of a query.</summary>
/// <param name="Term">As the index has it: folded and stemmed.</param>
/// <param name="Surface">Folded only, as a speaker's name would be compared with it.</param>
/// <param name="IsCapitalised">Whether it was written with a capital, as names are.</param>
public sealed record QueryTerm(string Term, string Surface, bool IsCapitalised);

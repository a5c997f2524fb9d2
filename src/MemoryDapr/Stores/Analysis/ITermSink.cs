namespace MemoryDapr.Stores.Analysis;

/// <summary>Takes the terms of a text, one at a time, without a string for each.</summary>
internal interface ITermSink
{
    /// <summary>Takes a term; the span is valid during the call only.</summary>
    void Add(ReadOnlySpan<char> term);
}

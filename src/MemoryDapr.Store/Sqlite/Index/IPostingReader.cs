namespace MemoryDapr.Store.Sqlite.Index;

/// <summary>Takes the postings of a term.</summary>
internal interface IPostingReader
{
    /// <summary>The chunk has the term so many times.</summary>
    void Read(int chunk, int count);
}

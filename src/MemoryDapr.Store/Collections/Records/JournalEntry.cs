using MemoryDapr.Stores;

namespace MemoryDapr.Store.Collections.Records;

/// <summary>
/// A batch that is being written, kept until all of it is. A database of objects has no transactions: whoever finds an entry writes its
/// batch again from the beginning, which changes nothing of what is done, before anything else is read or written in the scope.
/// </summary>
/// <param name="Batch">The batch.</param>
/// <param name="Profile">
/// What the scope is as a whole once the batch is in. Counts cannot be worked out again from a batch that is half written, so they stand
/// here.
/// </param>
internal sealed record JournalEntry(StoreBatch Batch, ScopeProfile Profile);

namespace MemoryDapr.Store.Collections;

/// <summary>
/// Objects of one shape in a database that filters, sorts, matches words by BM25 and compares vectors: the little that
/// <see cref="CollectionStore"/> needs of one.
/// </summary>
internal interface ICollection
{
    /// <summary>
    /// Writes objects, each replacing the one with its id whole: what is left out is gone, the vector too. When it returns they are
    /// durable and found. No id twice. A tenant comes into being with its first object.
    /// </summary>
    /// <exception cref="CollectionException">One of them was refused; others may have been written.</exception>
    Task PutAsync(string? tenant, IReadOnlyList<StoredObject> objects, CancellationToken cancellationToken);

    /// <summary>The objects that a query finds; none where the tenant is unknown.</summary>
    Task<IReadOnlyList<StoredObject>> FindAsync(ObjectQuery query, CancellationToken cancellationToken);

    /// <summary>Removes all objects that meet a condition; nothing happens where the tenant is unknown.</summary>
    Task DeleteAsync(string? tenant, Condition where, CancellationToken cancellationToken);
}

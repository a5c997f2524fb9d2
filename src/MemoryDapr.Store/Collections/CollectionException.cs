namespace MemoryDapr.Store.Collections;

/// <summary>The database did not do what it was asked. The message has no memory text.</summary>
internal sealed class CollectionException(string message, Exception? inner = null) : Exception(message, inner);

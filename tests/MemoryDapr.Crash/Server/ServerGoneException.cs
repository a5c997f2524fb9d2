namespace MemoryDapr.Crash.Server;

/// <summary>The server died before it answered: whether it did what was asked is not known.</summary>
internal sealed class ServerGoneException(Exception cause) : Exception("The server is gone.", cause);

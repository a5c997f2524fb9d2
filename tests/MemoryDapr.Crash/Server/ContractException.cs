namespace MemoryDapr.Crash.Server;

/// <summary>The server answered what the contract does not allow.</summary>
internal sealed class ContractException(string message) : Exception(message);

using MemoryDapr.Crash.Server;

namespace MemoryDapr.Crash.Load;

/// <summary>
/// Something that a client wants done. Where the server dies before it answers, the same operation is carried out again against the next
/// one, with the same ids.
/// </summary>
internal interface IOperation
{
    /// <summary>Carries it out and takes down what was acknowledged.</summary>
    Task RunAsync(MemoryClient client, CancellationToken cancellationToken);
}

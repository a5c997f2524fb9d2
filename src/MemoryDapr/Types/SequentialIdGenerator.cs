namespace MemoryDapr.Types;

/// <summary>UUIDs of version 7: unique everywhere, and in order of time, so that stores keep them close together.</summary>
internal sealed class SequentialIdGenerator(TimeProvider time) : IIdGenerator
{
#pragma warning disable RS0030 // This is the one place where ids are made.
    public string Next() => Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
#pragma warning restore RS0030
}

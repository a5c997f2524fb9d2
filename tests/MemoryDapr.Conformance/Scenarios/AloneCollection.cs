using Xunit;

namespace MemoryDapr.Conformance.Scenarios;

/// <summary>Scenarios that break something which all others need. They run one after the other, when those are done.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}

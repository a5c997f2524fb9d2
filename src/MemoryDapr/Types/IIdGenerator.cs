namespace MemoryDapr.Types;

/// <summary>Makes ids that nothing else has.</summary>
internal interface IIdGenerator
{
    /// <summary>32 characters of <c>[0-9a-f]</c>, later ones greater.</summary>
    string Next();
}

namespace MemoryDapr.Stores;

/// <summary>How alike two texts are, without a model: what decides that somebody else has just stored the same.</summary>
internal interface ITextSimilarity
{
    /// <summary>0 (nothing in common) to 1 (the same words in the same forms). Symmetric and deterministic.</summary>
    double Between(string first, string second);
}

using MemoryDapr.Models;

namespace MemoryDapr.Stores;

/// <summary>How alike two texts are, without a model: what decides that somebody else has just stored the same.</summary>
internal interface ITextSimilarity
{
    /// <summary>0 (nothing in common) to 1 (the same words in the same forms). Symmetric and deterministic.</summary>
    double Between(string first, string second);

    /// <summary>What likeness is computed from, for a text that is compared with many.</summary>
    Fingerprint Of(string text);

    /// <summary>Whether two texts are at least so alike, as <see cref="Between"/> has it.</summary>
    bool AreAlike(Fingerprint first, Fingerprint second, double least);
}

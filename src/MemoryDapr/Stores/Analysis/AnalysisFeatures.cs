namespace MemoryDapr.Stores.Analysis;

/// <summary>
/// The features of the analysis, each of which can be left out to see what it is worth. Texts and questions have to be analysed alike.
/// </summary>
[Flags]
internal enum AnalysisFeatures
{
    /// <summary>Folded words alone.</summary>
    None = 0,

    /// <summary>See <see cref="Analysis.StopWords"/>.</summary>
    StopWords = 1,

    /// <summary>See <see cref="PorterStemmer"/>.</summary>
    Stems = 2,

    /// <summary>See <see cref="Analysis.IrregularForms"/>.</summary>
    IrregularForms = 4,

    /// <summary>Date, speaker and title are words of an item too.</summary>
    Header = 8,

    /// <summary>Long texts are found by their parts.</summary>
    Chunks = 16,

    /// <summary>What the product analyses with.</summary>
    All = StopWords | Stems | IrregularForms | Header | Chunks,
}

namespace MemoryDapr.Recall.Ranking;

/// <summary>The features of the ranking, each of which can be left out to see what it is worth.</summary>
[Flags]
internal enum RankingFeatures
{
    /// <summary>Words alone.</summary>
    None = 0,

    /// <summary>See <see cref="ContextWeights"/>.</summary>
    Context = 1,

    /// <summary>See <see cref="Bonuses.NamedSpeaker"/>.</summary>
    Speaker = 2,

    /// <summary>See <see cref="Bonuses.FirstPerson"/>.</summary>
    FirstPerson = 4,

    /// <summary>See <see cref="Bonuses.Question"/>.</summary>
    Question = 8,

    /// <summary>See <see cref="Bonuses.Date"/>.</summary>
    Date = 16,

    /// <summary>See <see cref="Bonuses.AnswerType"/>.</summary>
    AnswerType = 32,

    /// <summary>See <see cref="Bonuses.Salience"/> and <see cref="Bonuses.Recency"/>.</summary>
    Nudges = 64,

    /// <summary>See <see cref="VectorFusion"/>.</summary>
    Vectors = 128,

    /// <summary>
    /// How rare a word is, by what was said and stored alone: what is distilled says the same again, and would make the words that
    /// it repeats seem common. +1.3 points once everything is distilled.
    /// </summary>
    EvidenceRarity = 256,

    /// <summary>See <see cref="DistilledWords"/>.</summary>
    Distilled = 512,

    /// <summary>
    /// What an item names and asks, by the part of it that matches: a message of hundreds of words names a time, a number and a name
    /// somewhere. Nothing changes where an item is one part.
    /// </summary>
    PartTraits = 1024,

    /// <summary>What the product ranks with.</summary>
    All = Context | Speaker | FirstPerson | Question | Date | AnswerType | Nudges | Vectors | EvidenceRarity | Distilled | PartTraits,
}

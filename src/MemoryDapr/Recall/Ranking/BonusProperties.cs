using MemoryDapr.Types;

namespace MemoryDapr.Recall.Ranking;

/// <summary>What bonuses depend on, whichever store an item is in.</summary>
/// <param name="IsNamed">Said by, or about, the one speaker whom the question names.</param>
/// <param name="IsUser">Said by the user.</param>
/// <param name="IsPinned">Pinned by an application.</param>
/// <param name="At">When it was said or happened.</param>
/// <param name="Salience">How much it has proved to matter.</param>
/// <param name="Traits">What its text names.</param>
internal readonly record struct BonusProperties(
    bool IsNamed,
    bool IsUser,
    bool IsPinned,
    DateTimeOffset At,
    SalienceLevel Salience,
    ItemTraits Traits);

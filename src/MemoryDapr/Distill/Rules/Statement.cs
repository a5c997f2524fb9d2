namespace MemoryDapr.Distill.Rules;

/// <summary>Something that was said, retold so that it stands alone.</summary>
/// <param name="Text">One sentence: names for pronouns, dates behind relative ones, attributed where it is somebody's view.</param>
/// <param name="TurnIndex">Which turn of the run says it.</param>
/// <param name="Weight">How much it tells; only compared with others of its run.</param>
/// <param name="IsFact">Whether it would be worth keeping alone.</param>
internal sealed record Statement(string Text, int TurnIndex, double Weight, bool IsFact)
{
    /// <summary>The same for a summary, which retells; a quotation is shortened there.</summary>
    public string Gist { get; init; } = Text;
}

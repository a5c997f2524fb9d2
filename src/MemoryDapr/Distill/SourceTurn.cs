using MemoryDapr.Types;

namespace MemoryDapr.Distill;

/// <summary>A turn as extraction reads it: without pasted memories, never empty.</summary>
/// <param name="TurnId">Its id in the session.</param>
/// <param name="Role">Who speaks.</param>
/// <param name="Speaker">The speaker's name, where it has one.</param>
/// <param name="Content">What is said.</param>
/// <param name="At">When, UTC.</param>
internal sealed record SourceTurn(string TurnId, TurnRole Role, string? Speaker, string Content, DateTimeOffset At)
{
    /// <summary>
    /// What of the turns there is to distil: what was said, not what the application told the model, and not what it recalled for it.
    /// </summary>
    public static IReadOnlyList<SourceTurn> Read(IEnumerable<MemoryItem> turns) =>
    [
        .. turns
            .Where(turn => turn.Role is TurnRole.User or TurnRole.Assistant && turn.TurnId is not null)
            .Select(turn => new SourceTurn(turn.TurnId!, turn.Role!.Value, turn.Speaker, MemoryBlock.Strip(turn.Text), turn.At))
            .Where(turn => turn.Content.Length > 0),
    ];
}

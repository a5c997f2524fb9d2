using MemoryDapr.Types;

namespace MemoryDapr.Sessions;

/// <summary>
/// Some consecutive turns of a session, stored under a key of their own: an append writes the last page anew, and not the whole session.
/// </summary>
/// <param name="Number">Its place among the session's pages.</param>
/// <param name="Turns">The turns in order; erasure leaves gaps in their ordinals, and may leave none.</param>
internal sealed record SessionPage(long Number, IReadOnlyList<Turn> Turns)
{
    /// <summary>Enough for the window and several pipelines, little enough to be written with every append.</summary>
    public const int MaxTurns = 50;

    /// <summary>Bounds what one append writes where turns are long.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>An estimate of what a turn takes: content in UTF-8 is at most three bytes a character, mostly one.</summary>
    public static int SizeOf(Turn turn) =>
        200 + System.Text.Encoding.UTF8.GetByteCount(turn.Content) + ((turn.Metadata?.Count ?? 0) * 100);

    public bool HasRoomFor(Turn turn) =>
        Turns.Count == 0 || (Turns.Count < MaxTurns && Turns.Sum(SizeOf) + SizeOf(turn) <= MaxBytes);
}

using MemoryDapr.Types;

namespace MemoryDapr.Recall;

/// <summary>The live session's working memory.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Turns">Its newest turns, oldest first.</param>
internal sealed record LiveWindow(string SessionId, IReadOnlyList<Turn> Turns);

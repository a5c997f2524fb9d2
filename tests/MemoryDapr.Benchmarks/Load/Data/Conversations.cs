using System.Globalization;

namespace MemoryDapr.Benchmarks.Load.Data;

/// <summary>The conversations of a LoCoMo file as sessions, one user each.</summary>
internal static class Conversations
{
    public static IEnumerable<LoadSession> ToSessions(LocomoFile file) => file.Conversations.SelectMany(conversation => conversation.Turns
        .GroupBy(turn => turn.Session)
        .OrderBy(session => session.Key)
        .Select(session => new LoadSession(
            conversation.Id,
            $"{conversation.Id}-s{session.Key.ToString(CultureInfo.InvariantCulture)}",
            [.. session.Select(turn => new LoadTurn(turn.Id, "user", turn.Speaker, turn.Text, turn.At))])));

    /// <summary>What is asked of them.</summary>
    public static Questions ToQuestions(LocomoFile file) => new([.. file.Conversations.Select(conversation => new Asked(
        conversation.Id,
        [.. conversation.Questions.Select(question => question.Q)],
        [.. conversation.Turns.Select(turn => turn.Text)]))]);
}

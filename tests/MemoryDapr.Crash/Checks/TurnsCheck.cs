using MemoryDapr.Crash.Load;
using MemoryDapr.Crash.Server;

namespace MemoryDapr.Crash.Checks;

/// <summary>Every acknowledged turn is there exactly once, in order and with its content; nothing erased is; a batch is there or not.</summary>
internal static class TurnsCheck
{
    public static async Task RunAsync(MemoryClient client, PostedSession session, Findings findings, CancellationToken cancellationToken)
    {
        List<TurnReply> stored = await client.ListAsync<TurnReply>($"/memory/sessions/{session.Id}/turns", cancellationToken);
        HashSet<string> ids = [.. stored.Select(turn => turn.Id)];
        findings.Expect(ids.Count == stored.Count, $"{session.Id}: a turn is listed twice");
        Dictionary<string, PostedTurn> posted = session.Turns.ToDictionary(turn => turn.Id, StringComparer.Ordinal);
        foreach (TurnReply turn in stored)
        {
            findings.Expect(posted.ContainsKey(turn.Id), $"{session.Id}: turn {turn.Id} was never posted");
            findings.Expect(!posted.TryGetValue(turn.Id, out PostedTurn? known) || known.Content == turn.Content, $"{turn.Id} has other content");
            findings.Expect(known?.State != TurnState.Erased, $"{session.Id}: erased turn {turn.Id} has come back");
        }

        foreach (PostedTurn lost in session.Live.Where(turn => !ids.Contains(turn.Id)))
        {
            findings.Add($"{session.Id}: acknowledged turn {lost.Id} is lost");
        }

        IEnumerable<string> order = session.Turns.Select(turn => turn.Id).Where(ids.Contains);
        findings.Expect(order.SequenceEqual(stored.Select(turn => turn.Id)), $"{session.Id}: the turns are not in order");
        findings.Expect(
            stored.Zip(stored.Skip(1)).All(pair => pair.First.Ordinal < pair.Second.Ordinal), $"{session.Id}: the ordinals do not rise");

        PostedTurn[] unanswered = [.. session.Turns.Where(turn => turn.State == TurnState.Posted)];
        int kept = unanswered.Count(turn => ids.Contains(turn.Id));
        findings.Expect(kept == 0 || kept == unanswered.Length, $"{session.Id}: {kept} of {unanswered.Length} turns of one append are stored");
    }
}

using System.Globalization;
using MemoryDapr.Crash.Load;
using MemoryDapr.Crash.Server;

namespace MemoryDapr.Crash.Checks;

/// <summary>What is known of a user: each turn as evidence once, nothing derived twice, citations counted once, nothing of what was erased.</summary>
internal static class MemoriesCheck
{
    private const double Tolerance = 0.005;
    private const int Samples = 4;

    public static async Task RunAsync(
        MemoryClient client, string user, IReadOnlyList<PostedSession> sessions, Findings findings, CancellationToken cancellationToken)
    {
        List<ItemReply> items = await client.ListAsync<ItemReply>($"/memory/items?user={user}", cancellationToken);
        CheckEvidence(user, sessions, [.. items.Where(item => item.Kind == "turn")], findings);
        CheckDerived(user, sessions, [.. items.Where(item => item.Kind != "turn")], findings);

        PostedTurn[] erased = [.. sessions.SelectMany(session => session.Turns).Where(turn => turn.State == TurnState.Erased)];
        PostedTurn[] live = [.. sessions.SelectMany(session => session.Live)];
        await CheckExportAsync(client, user, erased, live, findings, cancellationToken);
        foreach (PostedTurn turn in erased.TakeLast(Samples))
        {
            RecallReply found = await RecallAsync(client, user, turn.Marker, cancellationToken);
            bool isThere = found.Items.Any(item => item.Text.Contains(turn.Marker, StringComparison.OrdinalIgnoreCase))
                || found.Context?.Contains(turn.Marker, StringComparison.OrdinalIgnoreCase) == true;
            findings.Expect(!isThere, $"{user}: erased turn {turn.Id} is recalled");
        }

        foreach (PostedTurn turn in live.TakeLast(Samples))
        {
            RecallReply found = await RecallAsync(client, user, turn.Marker, cancellationToken);
            int times = found.Items.Count(item => item.Kind == "turn" && item.TurnIds.SequenceEqual([turn.Id]));
            findings.Expect(times == 1, $"{user}: turn {turn.Id} is recalled {times} times by its own word");
        }
    }

    private static void CheckEvidence(string user, IReadOnlyList<PostedSession> sessions, List<ItemReply> evidence, Findings findings)
    {
        Dictionary<string, PostedTurn> live = sessions.SelectMany(session => session.Live).ToDictionary(turn => turn.ItemId!, StringComparer.Ordinal);
        findings.Expect(evidence.DistinctBy(item => item.Id).Count() == evidence.Count, $"{user}: evidence is listed twice");
        foreach (ItemReply item in evidence)
        {
            if (!live.Remove(item.Id, out PostedTurn? turn))
            {
                findings.Add($"{user}: evidence {item.Id} of {item.SessionId} is of no turn that should be there");
                continue;
            }

            findings.Expect(
                Math.Abs(item.Salience - turn.ExpectedSalience) < Tolerance,
                string.Create(CultureInfo.InvariantCulture, $"{user}: turn {turn.Id}, cited {turn.Citations} times, has salience {item.Salience}"));
        }

        foreach (PostedTurn turn in live.Values)
        {
            findings.Add($"{user}: turn {turn.Id} is no evidence");
        }
    }

    private static void CheckDerived(string user, IReadOnlyList<PostedSession> sessions, List<ItemReply> derived, Findings findings)
    {
        HashSet<SourceReply> live = [.. sessions.SelectMany(session => session.Live.Select(turn => new SourceReply(session.Id, turn.Id)))];
        PostedTurn[] erased = [.. sessions.SelectMany(session => session.Turns).Where(turn => turn.State == TurnState.Erased)];
        foreach (ItemReply item in derived)
        {
            findings.Expect(item.Sources.All(live.Contains), $"{user}: {item.Kind} {item.Id} rests on turns that are not there");
            findings.Expect(item.Sources.Distinct().Count() == item.Sources.Count, $"{user}: {item.Kind} {item.Id} names a source twice");
            findings.Expect(
                !erased.Any(turn => (item.Text + item.Title).Contains(turn.Marker, StringComparison.OrdinalIgnoreCase)),
                $"{user}: {item.Kind} {item.Id} holds erased text");
        }

        foreach (IGrouping<(string Kind, string Text), ItemReply> same in derived.GroupBy(item => (item.Kind, item.Text)))
        {
            findings.Expect(same.Count() == 1, $"{user}: {same.Key.Kind} {same.First().Id} is there {same.Count()} times");
        }

        foreach (IGrouping<SourceReply, ItemReply> turn in derived
            .Where(item => item.Kind == "episode")
            .SelectMany(item => item.Sources.Select(source => (item, source)))
            .GroupBy(pair => pair.source, pair => pair.item))
        {
            findings.Expect(
                turn.Count() == 1,
                $"{user}: turn {turn.Key.TurnId} is in {turn.Count()} episodes: {string.Join(", ", turn.Select(item => item.Id))}");
        }
    }

    private static async Task CheckExportAsync(
        MemoryClient client, string user, PostedTurn[] erased, PostedTurn[] live, Findings findings, CancellationToken cancellationToken)
    {
        string export = await ExportReader.ReadAsync(client, user, cancellationToken);
        foreach (PostedTurn turn in erased)
        {
            findings.Expect(!export.Contains(turn.Marker, StringComparison.OrdinalIgnoreCase), $"{user}: erased turn {turn.Id} is exported");
        }

        foreach (PostedTurn turn in live)
        {
            findings.Expect(export.Contains(turn.Marker, StringComparison.OrdinalIgnoreCase), $"{user}: turn {turn.Id} is not exported");
        }
    }

    private static async Task<RecallReply> RecallAsync(MemoryClient client, string user, string query, CancellationToken cancellationToken)
    {
        Reply reply = await client.SendAsync(
            HttpMethod.Post, "/memory/recall", new { Query = query, User = user }, [System.Net.HttpStatusCode.OK], cancellationToken);
        return reply.Read<RecallReply>();
    }
}

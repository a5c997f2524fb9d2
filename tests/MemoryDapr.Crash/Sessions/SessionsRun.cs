using System.Globalization;
using System.Net;
using MemoryDapr.Crash.Checks;
using MemoryDapr.Crash.Load;
using MemoryDapr.Crash.Server;

namespace MemoryDapr.Crash.Sessions;

/// <summary>Appends to many sessions, some at a time, waits until they have expired, and compares what the process then holds with before.</summary>
internal sealed class SessionsRun(int count, int atOnce, TextWriter output)
{
    private const int TurnsPerSession = 6;
    private const int SessionsPerUser = 20;

    /// <summary>What stays of a session in memory: the budget of the indexes, which is bounded, and not the sessions themselves.</summary>
    private const double AllowedHeapGrowth = 2.0;

    private static readonly TimeSpan ExpiryTimeout = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);

    private static readonly Dictionary<string, string> Options = new(StringComparer.Ordinal)
    {
        ["Sessions:IdleAfter"] = "00:00:30",
        ["Sessions:CatchUpPeriod"] = "00:00:05",
        ["Sessions:DeactivateAfter"] = "00:00:10",

        // Small, so that what the indexes keep by design does not hide what sessions leave behind.
        ["Store:IndexBudgetBytes"] = "16777216",
    };

    private readonly Findings _findings = new();

    /// <summary>Runs, prints what it measured, and answers whether all is well.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("memorydapr-sessions-").FullName;
        await using ServerProcess server = await ServerProcess.StartAsync(
            ServerSettings.Create(BuiltFiles.Standalone, folder, Options), cancellationToken);
        using var client = new MemoryClient(server.Url);
        PostedSession[] sessions = CreateSessions();

        // The first hundred warm it up: what the runtime loads once is not what sessions leave behind.
        PostedSession[] warmUp = [.. sessions.Take(100)];
        await AppendAsync(client, warmUp, cancellationToken);
        await WaitForExpiryAsync(client, warmUp, cancellationToken);
        Reading before = await Reading.TakeAsync(server, client, cancellationToken);
        await output.WriteLineAsync($"before:  {before}");

        long started = TimeProvider.System.GetTimestamp();
        await AppendAsync(client, sessions.Skip(100), cancellationToken);
        double seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        double perSecond = sessions.Skip(100).Sum(session => session.Turns.Count) / seconds;
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"appended {perSecond:F0} turns/s, {seconds:F0} s in all"));
        await output.WriteLineAsync($"at work: {await Reading.TakeAsync(server, client, cancellationToken)}");

        await WaitForExpiryAsync(client, sessions, cancellationToken);
        Reading after = await Reading.TakeAsync(server, client, cancellationToken);
        await output.WriteLineAsync($"expired: {after}, {TimeProvider.System.GetElapsedTime(started).TotalSeconds:F0} s after the first append");

        await Parallel.ForEachAsync(
            sessions, cancellationToken, async (session, token) => await TurnsCheck.RunAsync(client, session, _findings, token));
        _findings.Expect(after.SessionActors == 0, $"{after.SessionActors} session actors are still in memory");
        _findings.Expect(after.Heap < before.Heap * AllowedHeapGrowth, $"the heap grew from {before.Heap} to {after.Heap} bytes");
        foreach (string finding in _findings.All)
        {
            await output.WriteLineAsync(finding);
        }

        return _findings.Count == 0;
    }

    private PostedSession[] CreateSessions()
    {
        var stories = new Stories(new Random(count));
        return [.. Enumerable.Range(0, count).Select(number =>
        {
            string name = number.ToString(CultureInfo.InvariantCulture);
            var session = new PostedSession($"session{name}", $"user{number / SessionsPerUser}");
            session.Turns.AddRange(Enumerable.Range(0, TurnsPerSession).Select(turn => stories.Next($"turn{name}-{turn}")));
            return session;
        })];
    }

    // A batch and single turns, as conversations come.
    private async Task AppendAsync(MemoryClient client, IEnumerable<PostedSession> sessions, CancellationToken cancellationToken)
    {
        var degree = new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(sessions, degree, async (session, token) =>
        {
            await new AppendOperation(session, session.Turns[..4]).RunAsync(client, token);
            foreach (PostedTurn turn in session.Turns[4..])
            {
                await new AppendOperation(session, [turn]).RunAsync(client, token);
            }
        });
    }

    private static async Task WaitForExpiryAsync(MemoryClient client, PostedSession[] sessions, CancellationToken cancellationToken)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (await Reading.CountActorsAsync(client, cancellationToken) > 0 || await HasUnrestAsync(client, sessions, cancellationToken))
        {
            if (TimeProvider.System.GetElapsedTime(started) > ExpiryTimeout)
            {
                throw new ContractException($"Not every session has expired after {ExpiryTimeout}.");
            }

            await Task.Delay(Delay, TimeProvider.System, cancellationToken);
        }
    }

    private static async Task<bool> HasUnrestAsync(MemoryClient client, PostedSession[] sessions, CancellationToken cancellationToken)
    {
        Reply unfinished = await client.SendAsync(
            HttpMethod.Get, "/memory/pipelines?status=queued,running,waiting,failed&limit=1", null, [HttpStatusCode.OK], cancellationToken);
        if (unfinished.Read<PageReply<PipelineReply>>().Items.Count > 0)
        {
            return true;
        }

        foreach (IGrouping<string, PostedSession> posted in sessions.GroupBy(session => session.User))
        {
            List<SessionReply> stored = await client.ListAsync<SessionReply>($"/memory/sessions?user={posted.Key}", cancellationToken);
            if (stored.Count < posted.Count() || stored.Any(session => session.DistilledTo < TurnsPerSession))
            {
                return true;
            }
        }

        return false;
    }
}

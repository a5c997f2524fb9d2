using System.Diagnostics;
using MemoryDapr.Sessions;
using MemoryDapr.Types;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Sessions;

public sealed class ManySessionsTests
{
    private const int Sessions = 10_000;
    private const int Users = 500;
    private const int AtOnce = 32;

    // All expire at the same moment, and their events pass one outbox: the last of them waits for all before it.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task TenThousandSessions_AppendedAndExpired_LoseAndDoubleNothing()
    {
        await using SessionsApp app = await SessionsApp.StartAsync(("Sessions:TurnsPerPipeline", "2"));
        long started = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, Sessions, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
        {
            Outcome<AppendResult> outcome = await app.AppendAsync($"s{i}", LedgerBench.Turns(0, 2), $"u{i % Users}");
            outcome.Value!.Turns.ShouldAllBe(turn => turn.Status == TurnStatus.Accepted);
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{Sessions / Stopwatch.GetElapsedTime(started).TotalSeconds:F0} new sessions/s acknowledged");
        await Parallel.ForAsync(0, Sessions, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) => await app.WhenCaughtUpAsync($"s{i}"));
        TestContext.Current.TestOutputHelper?.WriteLine($"{Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s until all were indexed");

        app.Scheduler.Scheduled.Select(pipeline => pipeline.SessionId).Distinct().Count().ShouldBe(Sessions);
        app.Scheduler.Scheduled.Count.ShouldBe(Sessions);
        await Parallel.ForAsync(0, Sessions, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
        {
            await app.Windows.AdvanceDistilledAsync("acme", $"s{i}", 2, CancellationToken.None);
            IReadOnlyList<MemoryItem> turns = await app.Store.ListTurnsAsync(new Scope("acme", $"u{i % Users}"), $"s{i}", 0, 10, CancellationToken.None);
            turns.Select(turn => turn.TurnId).ShouldBe(["t0", "t1"]);
        });

        app.Clock.Advance(TimeSpan.FromMinutes(31));
        await Parallel.ForAsync(0, Sessions, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
        {
            await app.Windows.CatchUpAsync("acme", $"s{i}", CancellationToken.None);
            await SessionsApp.UntilAsync(async () => await app.Actors.Session("acme", $"s{i}").GetAsync() is null, Patience);
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s until all had expired");
    }
}

using Dapr.Actors;
using Dapr.Actors.Runtime;
using Shouldly;
using Xunit;

namespace EmbeddedDapr.Tests.Actors;

public class ActorReminderTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Once = Timeout.InfiniteTimeSpan;

    [Fact]
    public async Task Reminder_Due_ComesOnceWithItsStateAndIsGone()
    {
        await using ActorApp app = await StartAsync();
        await InTurn(app, actor => actor.RemindAsync("note", "hello"u8.ToArray(), 5 * Second, Once));

        app.Clock.Advance(5 * Second);

        (await app.Probe.NextAsync()).ShouldBe("note hello");
        await GoneAsync(app, "note");
    }

    [Fact]
    public async Task Reminder_NotYetDue_DoesNotCome()
    {
        await using ActorApp app = await StartAsync();
        await InTurn(app, actor => actor.RemindAsync("late", null, 10 * Second, Once));
        await InTurn(app, actor => actor.RemindAsync("soon", null, 5 * Second, Once));

        app.Clock.Advance(5 * Second);

        (await app.Probe.NextAsync()).ShouldBe("soon ");
        app.Probe.HasSaid.ShouldBeFalse();
        app.Clock.Advance(5 * Second);
        (await app.Probe.NextAsync()).ShouldBe("late ");
    }

    [Fact]
    public async Task Reminder_Periodic_ComesAgainAfterEachPeriod()
    {
        await using ActorApp app = await StartAsync();
        await InTurn(app, actor => actor.RemindAsync("tick", null, Second, 10 * Second));

        app.Clock.Advance(Second);
        (await app.Probe.NextAsync()).ShouldBe("tick ");
        for (int i = 0; i < 3; i++)
        {
            await SettledAsync(app, "tick");
            app.Clock.Advance(10 * Second);
            (await app.Probe.NextAsync()).ShouldBe("tick ");
        }
    }

    [Fact]
    public async Task Reminder_AfterRestart_IsStillThere()
    {
        await using ActorApp app = await StartAsync();
        await InTurn(app, actor => actor.RemindAsync("note", null, 60 * Second, Once));
        await app.RestartAsync();
        (await app.Probe.NextAsync()).ShouldBe("deactivated one");
        (await app.Probe.NextAsync()).ShouldBe("scope disposed");

        app.Clock.Advance(60 * Second);

        (await app.Probe.NextAsync()).ShouldBe("activated one");
        (await app.Probe.NextAsync()).ShouldBe("note ");
    }

    [Fact]
    public async Task Reminder_OfADeactivatedActor_ActivatesIt()
    {
        await using ActorApp app = await StartAsync(options => options.ActorIdleTimeout = TimeSpan.FromMinutes(4));
        await InTurn(app, actor => actor.RemindAsync("note", null, TimeSpan.FromMinutes(60), Once));
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        (await app.Probe.NextAsync()).ShouldBe("deactivated one");
        (await app.Probe.NextAsync()).ShouldBe("scope disposed");

        app.Clock.Advance(TimeSpan.FromMinutes(55));

        (await app.Probe.NextAsync()).ShouldBe("activated one");
        (await app.Probe.NextAsync()).ShouldBe("note ");
    }

    [Fact]
    public async Task Reminder_TurnThrows_IsRetriedThreeTimesASecondApartAndGivenUp()
    {
        await using ActorApp app = await StartAsync();
        app.Probe.Reminding = (_, name) =>
        {
            app.Probe.Say($"failing {name}");
            throw new InvalidOperationException();
        };
        await InTurn(app, actor => actor.RemindAsync("note", null, TimeSpan.Zero, Once));

        (await app.Probe.NextAsync()).ShouldBe("failing note");
        for (int retry = 1; retry <= 3; retry++)
        {
            await SettledAsync(app, "note", failures: retry);
            app.Clock.Advance(Second);
            (await app.Probe.NextAsync()).ShouldBe("failing note");
        }

        await GoneAsync(app, "note");
    }

    [Fact]
    public async Task Reminder_TurnThrowsOnce_ItsWritesAreDroppedAndTheRetrySaves()
    {
        await using ActorApp app = await StartAsync();
        int attempts = 0;
        app.Probe.Reminding = async (context, _) =>
        {
            await context.State.AddStateAsync("done", ++attempts);
            if (attempts == 1)
            {
                throw new InvalidOperationException();
            }

            app.Probe.Say("saved");
        };
        await InTurn(app, actor => actor.RemindAsync("note", null, TimeSpan.Zero, Once));
        await SettledAsync(app, "note", failures: 1);
        app.Clock.Advance(Second);

        (await app.Probe.NextAsync()).ShouldBe("saved");
        await GoneAsync(app, "note");
    }

    [Fact]
    public async Task RegisterReminderAsync_SameName_OverwritesTheOlder()
    {
        await using ActorApp app = await StartAsync();
        await InTurn(app, actor => actor.RemindAsync("note", "old"u8.ToArray(), 5 * Second, Once));
        await InTurn(app, actor => actor.RemindAsync("note", "new"u8.ToArray(), 9 * Second, Once));

        app.Clock.Advance(9 * Second);

        (await app.Probe.NextAsync()).ShouldBe("note new");
        await GoneAsync(app, "note");
        app.Probe.HasSaid.ShouldBeFalse();
    }

    [Fact]
    public async Task RegisterReminderAsync_WithinItsOwnDelivery_TheNewOneStays()
    {
        await using ActorApp app = await StartAsync();
        app.Probe.Reminding = async (context, name) =>
        {
            await context.Actor.RemindAsync(name, null, 5 * Second, Once);
            app.Probe.Say("again");
        };
        await InTurn(app, actor => actor.RemindAsync("note", null, Second, Once));
        app.Clock.Advance(Second);
        (await app.Probe.NextAsync()).ShouldBe("again");
        await app.Actor("one").TouchAsync();

        app.Clock.Advance(5 * Second);

        (await app.Probe.NextAsync()).ShouldBe("again");
    }

    [Fact]
    public async Task RegisterReminderAsync_TurnThrowsAfterwards_ReminderIsRegisteredAllTheSame()
    {
        await using ActorApp app = await StartAsync();
        await Should.ThrowAsync<ActorMethodInvocationException>(() => InTurn(app, async actor =>
        {
            await actor.RemindAsync("note", null, Second, Once);
            throw new InvalidOperationException();
        }));

        app.Clock.Advance(Second);

        (await app.Probe.NextAsync()).ShouldBe("note ");
    }

    [Fact]
    public async Task RegisterReminderAsync_WithRepetitions_ComesThatOften()
    {
        await using ActorApp app = await StartAsync();
        await InTurn(app, actor => actor.RemindAsync("tick", Second, Second, repetitions: 2));

        app.Clock.Advance(Second);
        (await app.Probe.NextAsync()).ShouldBe("tick ");
        await SettledAsync(app, "tick");
        app.Clock.Advance(Second);
        (await app.Probe.NextAsync()).ShouldBe("tick ");

        await GoneAsync(app, "tick");
    }

    [Fact]
    public async Task RegisterReminderAsync_WithTimeToLive_EndsThen()
    {
        await using ActorApp app = await StartAsync();
        await InTurn(app, actor => actor.RemindAsync("tick", Second, 5 * Second, ttl: 4 * Second));
        await InTurn(app, actor => actor.RemindAsync("tack", Second, 5 * Second, 10, ttl: 4 * Second));
        app.Clock.Advance(Second);
        string[] both = [await app.Probe.NextAsync(), await app.Probe.NextAsync()];
        both.ShouldBe(["tick ", "tack "], ignoreOrder: true);
        await SettledAsync(app, "tick");
        await SettledAsync(app, "tack");

        app.Clock.Advance(5 * Second);

        await GoneAsync(app, "tick");
        await GoneAsync(app, "tack");
        app.Probe.HasSaid.ShouldBeFalse();
    }

    [Fact]
    public async Task UnregisterReminderAsync_ByNameOrReminder_ItDoesNotCome()
    {
        await using ActorApp app = await StartAsync();
        await InTurn(app, async actor =>
        {
            IActorReminder first = await actor.RemindAsync("first", null, Second, Once);
            await actor.RemindAsync("second", null, Second, Once);
            await actor.RemindAsync("third", null, Second, Once);
            await actor.ForgetReminderAsync(first);
            await actor.ForgetReminderAsync("second");
            await actor.ForgetReminderAsync("never there");
        });

        app.Clock.Advance(Second);

        (await app.Probe.NextAsync()).ShouldBe("third ");
        await GoneAsync(app, "third");
        app.Probe.HasSaid.ShouldBeFalse();
    }

    [Fact]
    public async Task GetReminderAsync_RegisteredOrNot_AnswersItOrNull()
    {
        await using ActorApp app = await StartAsync();
        await InTurn(app, async actor =>
        {
            await actor.RemindAsync("note", "x"u8.ToArray(), Second, 2 * Second);
            IActorReminder found = await actor.FindReminderAsync("note");
            found.Name.ShouldBe("note");
            found.State.ShouldBe("x"u8.ToArray());
            found.DueTime.ShouldBe(Second);
            found.Period.ShouldBe(2 * Second);
            (await actor.FindReminderAsync("none")).ShouldBeNull();
        });
    }

    [Theory]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a/b")]
    [InlineData(@"a\b")]
    [InlineData("a\0b")]
    public async Task RegisterReminderAsync_ForbiddenName_Throws(string name)
    {
        await using ActorApp app = await StartAsync();
        await InTurn(app, actor => Should.ThrowAsync<Dapr.DaprApiException>(() => actor.RemindAsync(name, null, Second, Once)));
    }

    [Fact]
    public async Task RegisterReminderAsync_TimesOutOfRange_Throws()
    {
        await using ActorApp app = await StartAsync();
        await InTurn(app, async actor =>
        {
            await Should.ThrowAsync<ArgumentOutOfRangeException>(() => actor.RemindAsync("a", null, -Second, Once));
            await Should.ThrowAsync<ArgumentOutOfRangeException>(() => actor.RemindAsync("a", null, Second, -Second));
            await Should.ThrowAsync<ArgumentOutOfRangeException>(() => actor.RemindAsync("a", 2 * Second, Second, ttl: Second));
            await Should.ThrowAsync<ArgumentOutOfRangeException>(() => actor.RemindAsync("a", Second, Second, repetitions: 0));
        });
    }

    [Fact]
    public async Task Reminders_MoreAtOnceThanAreDeliveredTogether_EachComesOnce()
    {
        await using ActorApp app = await StartAsync(say: false);
        int came = 0;
        const int Count = 2000;
        app.Probe.Reminding = (_, _) =>
        {
            Interlocked.Increment(ref came);
            return Task.CompletedTask;
        };
        app.Probe.Scripts["work"] = async context =>
        {
            await context.Actor.RemindAsync("note", null, Second, Once);
            return null;
        };
        await Task.WhenAll(Enumerable.Range(0, Count).Select(i => app.Actor($"a{i}").RunAsync("work")));

        app.Clock.Advance(Second);
        await GoneAsync(app, "note");
        await app.StopAppAsync();

        came.ShouldBe(Count);
    }

    // An app whose reminders say their name and state, with actor "one" activated.
    private static async Task<ActorApp> StartAsync(Action<ActorRuntimeOptions>? configure = null, bool say = true)
    {
        ActorApp app = await ActorApp.StartAsync(configure);
        app.Probe.Reminding = (context, name) =>
        {
            app.Probe.Say($"{name} {context.Argument}");
            return Task.CompletedTask;
        };
        if (say)
        {
            await app.Actor("one").TouchAsync();
            (await app.Probe.NextAsync()).ShouldBe("activated one");
        }

        return app;
    }

    private static async Task InTurn(ActorApp app, Func<ProbeActor, Task> work)
    {
        app.Probe.Scripts["work"] = async context =>
        {
            await work(context.Actor);
            return null;
        };
        await app.Actor("one").RunAsync("work");
    }

    private static Task GoneAsync(ActorApp app, string name) =>
        EventuallyAsync(app, "SELECT NOT EXISTS(SELECT 1 FROM actor_reminder WHERE name=$0)", name);

    // Waits until the outcome of the last delivery is written.
    private static Task SettledAsync(ActorApp app, string name, int failures = 0) =>
        EventuallyAsync(
            app,
            "SELECT EXISTS(SELECT 1 FROM actor_reminder WHERE name=$0 AND failures=$1 AND due_at > $2)",
            name,
            failures,
            app.Clock.GetUtcNow().ToUnixTimeMilliseconds());

    private static async Task EventuallyAsync(ActorApp app, string sql, params object[] values)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await app.Database.ReadAsync(session => session.Scalar<long>(sql, values), limit.Token) == 0)
        {
            await Task.Yield();
        }
    }
}

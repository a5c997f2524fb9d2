using Dapr.Workflow;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace EmbeddedDapr.Tests.Workflows;

public sealed class WorkflowReplayTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Replay_AfterRestart_AnswersIdsTimesAndResultsAsBefore()
    {
        var seen = new List<(bool IsReplaying, Guid Id, DateTime Time)>();
        async Task<int> Code(WorkflowContext context, object? input)
        {
            int result = await context.CallActivityAsync<int>("One");
            seen.Add((context.IsReplaying, context.NewGuid(), context.CurrentUtcDateTime));
            await context.CreateTimer(TimeSpan.FromHours(1));
            seen.Add((context.IsReplaying, context.NewGuid(), context.CurrentUtcDateTime));
            return result;
        }

        await RunAcrossRestartAsync(Code, Code);

        seen.Count.ShouldBe(3);
        seen[0].IsReplaying.ShouldBeFalse();
        seen[1].ShouldBe((true, seen[0].Id, seen[0].Time));
        seen[2].IsReplaying.ShouldBeFalse();
        seen[2].Time.ShouldBe(seen[0].Time.AddHours(1));
        seen[2].Id.ShouldNotBe(seen[0].Id);
    }

    [Fact]
    public async Task Replay_CompletedActivity_IsNotRunAgain()
    {
        static async Task<int> Code(WorkflowContext context, object? input)
        {
            int result = await context.CallActivityAsync<int>("One");
            await context.CreateTimer(TimeSpan.FromHours(1));
            return result;
        }

        WorkflowState state = await RunAcrossRestartAsync(Code, Code);

        state.ReadOutputAs<int>().ShouldBe(1);
        _ones.ShouldBe(1);
    }

    [Fact]
    public async Task Replay_CodeAsksForAnotherActivity_FailsWithTellingMessage()
    {
        WorkflowState state = await RunAcrossRestartAsync(
            async (context, _) =>
            {
                await context.CallActivityAsync<int>("One");
                await context.CreateTimer(TimeSpan.FromHours(1));
                return 1;
            },
            async (context, _) =>
            {
                await context.CallActivityAsync<int>("Other");
                await context.CreateTimer(TimeSpan.FromHours(1));
                return 1;
            });

        state.RuntimeStatus.ShouldBe(WorkflowRuntimeStatus.Failed);
        state.FailureDetails!.ErrorType.ShouldBe("NonDeterministicWorkflow");
        state.FailureDetails.ErrorMessage.ShouldContain(
            "the history has the activity 'One' as task 0, the code now asks for the activity 'Other' as task 0.");
    }

    [Fact]
    public async Task Replay_CodeAsksForMore_Fails()
    {
        WorkflowState state = await RunAcrossRestartAsync(
            async (context, _) =>
            {
                await context.CreateTimer(TimeSpan.FromHours(1));
                return 1;
            },
            async (context, _) =>
            {
                await Task.WhenAll(context.CreateTimer(TimeSpan.FromHours(1)), context.CallActivityAsync("One"));
                return 1;
            });

        state.FailureDetails!.ErrorMessage.ShouldContain("the history has nothing more, the code now asks for the activity 'One' as task 1.");
    }

    [Fact]
    public async Task Replay_CodeEndsEarlier_Fails()
    {
        WorkflowState state = await RunAcrossRestartAsync(
            async (context, _) =>
            {
                await context.CallActivityAsync<int>("One");
                await context.CreateTimer(TimeSpan.FromHours(1));
                return 1;
            },
            (context, _) => context.CallActivityAsync<int>("One"));

        state.FailureDetails!.ErrorType.ShouldBe("NonDeterministicWorkflow");
    }

    [Theory]
    [InlineData("alone")]
    [InlineData("beside an activity")]
    [InlineData("off the context")]
    [InlineData("cancels on another thread")]
    public async Task Workflow_AwaitsForeignTask_FailsInsteadOfHanging(string how)
    {
        var foreign = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new Gate();
        await using WorkflowApp app = await StartAsync(
            async (context, _) =>
            {
                Task activity = how == "alone" ? Task.CompletedTask : context.CallActivityAsync("Gate");
                if (how == "off the context")
                {
                    await foreign.Task.ConfigureAwait(false);
                    await context.CallActivityAsync("One");
                }

                if (how == "cancels on another thread")
                {
                    using var cancel = new CancellationTokenSource();
                    _ = foreign.Task.ContinueWith(_ => cancel.Cancel(), TaskScheduler.Default);
                    await context.CreateTimer(TimeSpan.FromHours(1), cancel.Token);
                }

                await foreign.Task;
                await activity;
                return 1;
            },
            gate);
        await app.Client.ScheduleNewWorkflowAsync("Code", "one");
        if (how != "alone")
            await gate.Entered;

        foreign.SetResult();

        WorkflowState state = await app.Client.WaitForWorkflowCompletionAsync("one").WaitAsync(TimeSpan.FromSeconds(20));
        state.FailureDetails!.ErrorType.ShouldBe("NonDeterministicWorkflow");
        state.FailureDetails.ErrorMessage.ShouldContain("Workflow code may await only its context's activities and timers");
        gate.Open();
    }

    [Fact]
    public async Task Workflow_ConfigureAwaitFalse_StaysOnItsThread()
    {
        await using WorkflowApp app = await StartAsync(async (context, _) =>
        {
            int sum = 0;
            for (int i = 0; i < 5; i++)
                sum += await context.CallActivityAsync<int>("One").ConfigureAwait(false);

            return sum;
        });

        (await app.RunAsync("Code")).ReadOutputAs<int>().ShouldBe(5);
    }

    [Fact]
    public async Task ReplaySafeLogger_Replay_IsSilent()
    {
        var lines = new List<string>();
        async Task<int> Code(WorkflowContext context, object? input)
        {
            LogLines.Write(context.CreateReplaySafeLogger("Code"), "before");
            LogLines.Write(context.CreateReplaySafeLogger(GetType()), "before, by type");
            LogLines.Write(context.CreateReplaySafeLogger<WorkflowReplayTests>(), "before, generic");
            await context.CreateTimer(TimeSpan.FromHours(1));
            LogLines.Write(context.CreateReplaySafeLogger("Code"), "after");
            return 1;
        }

        await RunAcrossRestartAsync(Code, Code, lines);

        lines.ShouldBe(["before", "before, by type", "before, generic", "after"]);
    }

    private int _ones;

    private async Task<WorkflowState> RunAcrossRestartAsync(
        Func<WorkflowContext, object?, Task<int>> before, Func<WorkflowContext, object?, Task<int>> after, List<string>? lines = null)
    {
        await using (WorkflowApp first = await StartAsync(before, lines: lines))
        {
            await first.Client.ScheduleNewWorkflowAsync("Code", "one");
            await first.DueAsync("one");
        }

        await using WorkflowApp second = await StartAsync(after, lines: lines);
        _time.Advance(TimeSpan.FromHours(1));
        return await second.Client.WaitForWorkflowCompletionAsync("one").WaitAsync(TimeSpan.FromSeconds(20));
    }

    private Task<WorkflowApp> StartAsync(
        Func<WorkflowContext, object?, Task<int>> code, Gate? gate = null, List<string>? lines = null) =>
        WorkflowApp.StartAsync(
            _folder,
            options =>
            {
                options.RegisterWorkflow("Code", code);
                options.RegisterActivity<object?, int>("One", (_, _) => Task.FromResult(Interlocked.Increment(ref _ones) > 0 ? 1 : 0));
                options.RegisterActivity<object?, int>("Other", (_, _) => Task.FromResult(2));
                options.RegisterActivity<object?, int>("Gate", async (_, _) =>
                {
                    await gate!.PassAsync();
                    return 1;
                });
            },
            _time,
            logs: lines is null ? null : new LogLines(lines));
}

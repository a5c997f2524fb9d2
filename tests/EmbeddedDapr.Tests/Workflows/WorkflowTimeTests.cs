using Dapr.Workflow;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace EmbeddedDapr.Tests.Workflows;

public sealed class WorkflowTimeTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Start);
    private int _attempts;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RetryPolicy_ActivityFails_WaitsWithBackoffUpToTheLongestPause()
    {
        await using WorkflowApp app = await StartAsync(failures: 4, new WorkflowRetryPolicy(
            5, TimeSpan.FromSeconds(1), 3, maxRetryInterval: TimeSpan.FromSeconds(5)));
        await app.Client.ScheduleNewWorkflowAsync("Retries", "one");

        foreach (int seconds in (int[])[1, 3, 5, 5])
        {
            DateTimeOffset due = await app.DueAsync("one", after: _time.GetUtcNow());
            (due - _time.GetUtcNow()).ShouldBe(TimeSpan.FromSeconds(seconds));
            _time.SetUtcNow(due);
        }

        WorkflowState state = await app.Client.WaitForWorkflowCompletionAsync("one").WaitAsync(TimeSpan.FromSeconds(20));
        state.ReadOutputAs<int>().ShouldBe(5);
    }

    [Fact]
    public async Task RetryPolicy_AttemptsUsedUp_ThrowsTheLastFailure()
    {
        await using WorkflowApp app = await StartAsync(failures: 99, new WorkflowRetryPolicy(2, TimeSpan.FromSeconds(1)));
        await app.Client.ScheduleNewWorkflowAsync("Retries", "one");
        _time.SetUtcNow(await app.DueAsync("one"));

        WorkflowState state = await app.Client.WaitForWorkflowCompletionAsync("one").WaitAsync(TimeSpan.FromSeconds(20));

        _attempts.ShouldBe(2);
        state.RuntimeStatus.ShouldBe(WorkflowRuntimeStatus.Failed);
        state.FailureDetails!.ErrorType.ShouldBe(typeof(WorkflowTaskFailedException).FullName);
        state.FailureDetails.ErrorMessage.ShouldBe("Task failed: attempt 2");
    }

    [Fact]
    public async Task RetryPolicy_RetryTimeoutReached_GivesUp()
    {
        await using WorkflowApp app = await StartAsync(failures: 99, new WorkflowRetryPolicy(
            99, TimeSpan.FromSeconds(10), retryTimeout: TimeSpan.FromSeconds(15)));
        await app.Client.ScheduleNewWorkflowAsync("Retries", "one");
        for (int i = 0; i < 2; i++)
            _time.SetUtcNow(await app.DueAsync("one", after: _time.GetUtcNow()));

        WorkflowState state = await app.Client.WaitForWorkflowCompletionAsync("one").WaitAsync(TimeSpan.FromSeconds(20));

        state.RuntimeStatus.ShouldBe(WorkflowRuntimeStatus.Failed);
        _attempts.ShouldBe(3);
    }

    [Fact]
    public async Task Timer_RuntimeRestartsMeanwhile_FiresAtItsTime()
    {
        WorkflowApp first = await StartAsync();
        await first.Client.ScheduleNewWorkflowAsync("Sleeps", "one");
        (await first.DueAsync("one")).ShouldBe(Start + TimeSpan.FromDays(60));
        await first.DisposeAsync();

        await using WorkflowApp second = await StartAsync();
        _time.Advance(TimeSpan.FromDays(59));
        (await second.Client.GetWorkflowStateAsync("one")).IsWorkflowRunning.ShouldBeTrue();
        _time.Advance(TimeSpan.FromDays(1));

        WorkflowState state = await second.Client.WaitForWorkflowCompletionAsync("one").WaitAsync(TimeSpan.FromSeconds(20));
        state.ReadOutputAs<DateTime[]>().ShouldBe([Start.UtcDateTime, Start.UtcDateTime.AddDays(60)]);
    }

    [Fact]
    public async Task Timer_ActivityIsFirst_CancelledTimerDoesNotHoldTheWorkflow()
    {
        await using WorkflowApp app = await StartAsync();

        WorkflowState state = await app.RunAsync("Races", true);

        state.ReadOutputAs<string>().ShouldBe("activity");
    }

    [Fact]
    public async Task Timer_ActivityIsSlow_FiresWhileItRuns()
    {
        var gate = new Gate();
        await using WorkflowApp app = await StartAsync(gate: gate);
        await app.Client.ScheduleNewWorkflowAsync("Races", "one", false);
        await gate.Entered;
        _time.Advance(TimeSpan.FromMinutes(1));

        WorkflowState state = await app.Client.WaitForWorkflowCompletionAsync("one").WaitAsync(TimeSpan.FromSeconds(20));

        state.ReadOutputAs<string>().ShouldBe("timer");
        gate.Open();
    }

    [Fact]
    public async Task Schedule_WithStartTime_ReturnsOnceRecordedAndStartsThen()
    {
        await using WorkflowApp app = await StartAsync();

        await app.Client.ScheduleNewWorkflowAsync("Sleeps", "one", null, Start + TimeSpan.FromHours(1));

        (await app.Client.GetWorkflowStateAsync("one")).RuntimeStatus.ShouldBe(WorkflowRuntimeStatus.Pending);
        _time.Advance(TimeSpan.FromHours(1));
        WorkflowState state = await app.Client.WaitForWorkflowStartAsync("one").WaitAsync(TimeSpan.FromSeconds(20));
        state.RuntimeStatus.ShouldBe(WorkflowRuntimeStatus.Running);
        (await app.DueAsync("one")).ShouldBe(Start + TimeSpan.FromHours(1) + TimeSpan.FromDays(60));
    }

    [Fact]
    public async Task Retention_EndedLongAgo_IsForgotten()
    {
        await using WorkflowApp app = await StartAsync();
        await app.RunAsync("Races", true, "old");
        _time.Advance(TimeSpan.FromDays(6));
        await app.RunAsync("Races", true, "new");

        _time.Advance(TimeSpan.FromDays(2));

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await app.Client.GetWorkflowStateAsync("old", cancellation: limit.Token)).Exists)
            await Task.Yield();

        (await app.Client.GetWorkflowStateAsync("new")).Exists.ShouldBeTrue();
    }

    private Task<WorkflowApp> StartAsync(int failures = 0, WorkflowRetryPolicy? policy = null, Gate? gate = null) =>
        WorkflowApp.StartAsync(
            _folder,
            options =>
            {
                options.RegisterActivity<bool, int>("Fails", (_, _) => ++_attempts <= failures
                    ? throw new InvalidOperationException($"attempt {_attempts}")
                    : Task.FromResult(_attempts));
                options.RegisterWorkflow<object?, int>("Retries", (context, _) =>
                    context.CallActivityAsync<int>("Fails", true, new WorkflowTaskOptions(policy)));
                options.RegisterWorkflow<object?, DateTime[]>("Sleeps", async (context, _) =>
                {
                    DateTime before = context.CurrentUtcDateTime;
                    await context.CreateTimer(TimeSpan.FromDays(60));
                    return [before, context.CurrentUtcDateTime];
                });
                options.RegisterActivity<bool, int>("MaySleep", async (_, isFast) =>
                {
                    if (!isFast)
                        await gate!.PassAsync();

                    return 1;
                });
                options.RegisterWorkflow<bool, string>("Races", async (context, isFast) =>
                {
                    using var cancel = new CancellationTokenSource();
                    Task<int> activity = context.CallActivityAsync<int>("MaySleep", isFast);
                    Task timer = context.CreateTimer(TimeSpan.FromMinutes(1), cancel.Token);
                    if (await Task.WhenAny(activity, timer) == timer)
                        return "timer";

#pragma warning disable CA1849 // CancelAsync would continue the workflow on another thread.
                    cancel.Cancel();
#pragma warning restore CA1849
                    await context.CallActivityAsync<int>("MaySleep", true);
                    return "activity";
                });
            },
            _time);
}

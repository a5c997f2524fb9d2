using System.Collections.Concurrent;
using System.Diagnostics;
using Dapr.Workflow;
using Shouldly;
using Xunit;

namespace EmbeddedDapr.Tests.Workflows;

public sealed class WorkflowCrashTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// Takes what a kill would leave behind at the beginning and at the end of every activity, and goes on from each of these images:
    /// the effect of every step is there, steps that were done are not done again, the one that was under way is.
    /// </summary>
    [Fact]
    public async Task Kill_AtAnyActivity_GoesOnWithTheStepThatWasUnderWay()
    {
        string id = "killed-at-any-activity";
        var images = new ConcurrentQueue<(int Step, TemporaryFolder Folder)>();
        var ran = new ConcurrentQueue<int>();
        using (var listener = Listen(id, _ => images.Enqueue((ran.Count, _folder.Image())), _ => images.Enqueue((ran.Count - 1, _folder.Image()))))
        {
            await using WorkflowApp app = await StartAsync(ran);
            WorkflowState state = await app.RunAsync("Steps", 4, id);
            state.ReadOutputAs<int[]>().ShouldBe([0, 1, 2, 3]);
        }

        images.Count.ShouldBe(8);
        foreach ((int step, TemporaryFolder image) in images)
        {
            var ranAgain = new ConcurrentQueue<int>();
            await using (WorkflowApp app = await StartAsync(ranAgain, image))
            {
                WorkflowState state = await app.Client.WaitForWorkflowCompletionAsync(id).WaitAsync(TimeSpan.FromSeconds(20));
                state.ReadOutputAs<int[]>().ShouldBe([0, 1, 2, 3]);
            }

            ranAgain.ShouldBe(Enumerable.Range(step, 4 - step));
            image.Dispose();
        }
    }

    [Fact]
    public async Task Kill_WithActivitiesInParallel_RunsThoseAgainThatHadNotFinished()
    {
        var gate = new Gate(entries: 2);
        var ran = new ConcurrentQueue<int>();
        TemporaryFolder image;
        await using (WorkflowApp app = await StartAsync(ran, gate: gate))
        {
            await app.Client.ScheduleNewWorkflowAsync("Parallel", "one");
            await gate.Entered;
            await DurableResultsAsync(app, 2);
            image = _folder.Image();
            gate.Open();
        }

        gate.Open();
        var ranAgain = new ConcurrentQueue<int>();
        await using (WorkflowApp app = await StartAsync(ranAgain, image, gate))
            (await app.Client.WaitForWorkflowCompletionAsync("one").WaitAsync(TimeSpan.FromSeconds(20))).ReadOutputAs<int>().ShouldBe(6);

        image.Dispose();
        ranAgain.Order().ShouldBe([2, 3]);
    }

    [Fact]
    public async Task Stop_WithActivityUnderWay_TakesItsResultAlong()
    {
        var gate = new Gate(entries: 1);
        var ran = new ConcurrentQueue<int>();
        WorkflowApp app = await StartAsync(ran, gate: gate);
        await app.Client.ScheduleNewWorkflowAsync("GateThenStep", "one");
        await gate.Entered;
        Task stopped = app.DisposeAsync().AsTask();
        gate.Open();
        await stopped;

        var ranAgain = new ConcurrentQueue<int>();
        await using WorkflowApp next = await StartAsync(ranAgain);
        (await next.Client.WaitForWorkflowCompletionAsync("one").WaitAsync(TimeSpan.FromSeconds(20))).ReadOutputAs<int>().ShouldBe(7);
        ran.ShouldContain(1);
        ranAgain.ShouldNotContain(1);
    }

    [Fact]
    public async Task Activity_WhenRun_HasASpanInTheSchedulersTrace()
    {
        string id = "traced";
        var spans = new ConcurrentQueue<Activity>();
        var ran = new ConcurrentQueue<int>();
        using ActivityListener listener = Listen(id, _ => { }, spans.Enqueue);
        await using WorkflowApp app = await StartAsync(ran);
        using Activity caller = new Activity("caller").SetIdFormat(ActivityIdFormat.W3C).Start();

        await app.RunAsync("Steps", 2, id);

        spans.Count.ShouldBe(2);
        Activity span = spans.First();
        span.TraceId.ShouldBe(caller.TraceId);
        span.ParentSpanId.ShouldBe(caller.SpanId);
        span.GetTagItem("workflow.name").ShouldBe("Steps");
        span.GetTagItem("activity.name").ShouldBe("Step");
    }

    private static async Task DurableResultsAsync(WorkflowApp app, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        string all;
        do
        {
            await Task.Yield();
            all = string.Concat(await app.Runtime.Database.ReadAsync(
                static session => session.Query("SELECT events FROM workflow_history", static row => row.GetString(0)), limit.Token));
        }
        while (all.Split("\"k\":2").Length - 1 < count);
    }

    private static ActivityListener Listen(string id, Action<Activity> started, Action<Activity> stopped)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "EmbeddedDapr.Workflows",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = span => Call(span, started),
            ActivityStopped = span => Call(span, stopped),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;

        void Call(Activity span, Action<Activity> action)
        {
            // Other tests run at the same time.
            if (id.Equals(span.GetTagItem("workflow.instance_id")))
                action(span);
        }
    }

    private Task<WorkflowApp> StartAsync(ConcurrentQueue<int> ran, TemporaryFolder? folder = null, Gate? gate = null) =>
        WorkflowApp.StartAsync(folder ?? _folder, options =>
        {
            options.RegisterActivity<int, int>("Step", (_, step) =>
            {
                ran.Enqueue(step);
                return Task.FromResult(step);
            });
            options.RegisterActivity<int, int>("GatedStep", async (_, step) =>
            {
                ran.Enqueue(step);
                await gate!.PassAsync();
                return step;
            });
            options.RegisterWorkflow<int, int[]>("Steps", async (context, count) =>
            {
                var results = new List<int>();
                for (int step = 0; step < count; step++)
                    results.Add(await context.CallActivityAsync<int>("Step", step));

                return [.. results];
            });
            options.RegisterWorkflow<object?, int>("Parallel", async (context, _) =>
                (await Task.WhenAll(
                    context.CallActivityAsync<int>("Step", 0),
                    context.CallActivityAsync<int>("Step", 1),
                    context.CallActivityAsync<int>("GatedStep", 2),
                    context.CallActivityAsync<int>("GatedStep", 3))).Sum());
            options.RegisterWorkflow<object?, int>("GateThenStep", async (context, _) =>
            {
                await context.CallActivityAsync("GatedStep", 1);
                return await context.CallActivityAsync<int>("Step", 7);
            });
        });
}

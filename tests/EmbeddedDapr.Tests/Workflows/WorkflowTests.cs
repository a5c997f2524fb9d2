using Dapr.Workflow;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace EmbeddedDapr.Tests.Workflows;

public sealed class WorkflowTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Schedule_WorkflowOfTwoActivities_CompletesWithTheirResults()
    {
        await using WorkflowApp app = await StartAsync();

        WorkflowState state = await app.RunAsync("Sum", new[] { 1, 2, 3 });

        state.RuntimeStatus.ShouldBe(WorkflowRuntimeStatus.Completed);
        state.IsWorkflowCompleted.ShouldBeTrue();
        state.IsWorkflowRunning.ShouldBeFalse();
        state.WorkflowName.ShouldBe("Sum");
        state.ReadInputAs<int[]>().ShouldBe([1, 2, 3]);
        state.ReadOutputAs<int>().ShouldBe(12);
        state.FailureDetails.ShouldBeNull();
        state.LastUpdatedAt.ShouldBeGreaterThanOrEqualTo(state.CreatedAt);
    }

    [Fact]
    public async Task GetState_WithoutInputsAndOutputs_LeavesThemOut()
    {
        await using WorkflowApp app = await StartAsync();
        await app.RunAsync("Sum", new[] { 1 }, "sum");

        WorkflowState state = await app.Client.GetWorkflowStateAsync("sum", getInputsAndOutputs: false);

        state.Exists.ShouldBeTrue();
        state.ReadInputAs<int[]>().ShouldBeNull();
        state.ReadOutputAs<int?>().ShouldBeNull();
    }

    [Fact]
    public async Task GetState_UnknownId_DoesNotExist()
    {
        await using WorkflowApp app = await StartAsync();

        WorkflowState state = await app.Client.GetWorkflowStateAsync("nobody");

        state.Exists.ShouldBeFalse();
        state.RuntimeStatus.ShouldBe(WorkflowRuntimeStatus.Unknown);
    }

    [Fact]
    public async Task WaitForCompletion_UnknownId_Throws()
    {
        await using WorkflowApp app = await StartAsync();

        InvalidOperationException exception =
            await Should.ThrowAsync<InvalidOperationException>(() => app.Client.WaitForWorkflowCompletionAsync("nobody"));

        exception.Message.ShouldBe("Workflow instance 'nobody' does not exist");
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    public async Task Schedule_IdWithForbiddenCharacter_IsRefused(string id)
    {
        await using WorkflowApp app = await StartAsync();

        RpcException exception = await Should.ThrowAsync<RpcException>(() => app.Client.ScheduleNewWorkflowAsync("Sum", id));

        exception.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        exception.Status.Detail.ShouldContain("must not contain '/', '\\', '#' or '?'");
        (await app.Client.GetWorkflowStateAsync(id)).Exists.ShouldBeFalse();
    }

    [Fact]
    public async Task Schedule_WithoutId_GivesEachRunItsOwn()
    {
        await using WorkflowApp app = await StartAsync();

        string first = await app.Client.ScheduleNewWorkflowAsync("Sum", input: new[] { 1 });
        string second = await app.Client.ScheduleNewWorkflowAsync("Sum", input: new[] { 1 });

        first.ShouldNotBe(second);
        (await app.Client.GetWorkflowStateAsync(first)).Exists.ShouldBeTrue();
    }

    [Fact]
    public async Task Schedule_ActiveId_ThrowsAlreadyExists()
    {
        var gate = new Gate();
        await using WorkflowApp app = await StartAsync(gate);
        await app.Client.ScheduleNewWorkflowAsync("Gated", "busy");

        RpcException exception = await Should.ThrowAsync<RpcException>(() => app.Client.ScheduleNewWorkflowAsync("Gated", "busy"));

        exception.StatusCode.ShouldBe(StatusCode.AlreadyExists);
        exception.Status.Detail.ShouldBe("an active workflow with ID 'busy' already exists");
        gate.Open();
        (await app.Client.WaitForWorkflowCompletionAsync("busy")).RuntimeStatus.ShouldBe(WorkflowRuntimeStatus.Completed);
    }

    [Theory]
    [InlineData("Sum")]
    [InlineData("Throws")]
    public async Task Schedule_EndedId_RunsAgain(string first)
    {
        await using WorkflowApp app = await StartAsync();
        await app.RunAsync(first, new[] { 1 }, "again");

        WorkflowState state = await app.RunAsync("Sum", new[] { 20 }, "again");

        state.RuntimeStatus.ShouldBe(WorkflowRuntimeStatus.Completed);
        state.FailureDetails.ShouldBeNull();
        state.ReadOutputAs<int>().ShouldBe(40);
    }

    [Fact]
    public async Task Schedule_WithoutStartTime_ReturnsOnceStarted()
    {
        var gate = new Gate();
        await using WorkflowApp app = await StartAsync(gate);

        string id = await app.Client.ScheduleNewWorkflowAsync("Gated");

        WorkflowState state = await app.Client.GetWorkflowStateAsync(id);
        state.RuntimeStatus.ShouldBe(WorkflowRuntimeStatus.Running);
        state.IsWorkflowRunning.ShouldBeTrue();
        gate.Open();
    }

    [Fact]
    public async Task Schedule_UnregisteredWorkflow_FailsWithTellingMessage()
    {
        await using WorkflowApp app = await StartAsync();

        WorkflowState state = await app.RunAsync("Nowhere");

        state.RuntimeStatus.ShouldBe(WorkflowRuntimeStatus.Failed);
        state.FailureDetails!.ErrorType.ShouldBe("WorkflowNotFound");
        state.FailureDetails.ErrorMessage.ShouldBe("Workflow 'Nowhere' is not registered in this app.");
    }

    [Fact]
    public async Task CallActivity_UnregisteredActivity_FailsTheTask()
    {
        await using WorkflowApp app = await StartAsync();

        WorkflowState state = await app.RunAsync("CallsUnknown");

        state.ReadOutputAs<string>().ShouldBe("ActivityNotFoundException: Activity 'Unknown' not found");
    }

    [Fact]
    public async Task Workflow_UnhandledException_FailsWithTypeNameAndMessageOnly()
    {
        await using WorkflowApp app = await StartAsync();

        WorkflowState state = await app.RunAsync("Throws");

        state.RuntimeStatus.ShouldBe(WorkflowRuntimeStatus.Failed);
        state.FailureDetails!.ErrorType.ShouldBe(typeof(OwnException).FullName);
        state.FailureDetails.ErrorMessage.ShouldBe("no");
        state.FailureDetails.StackTrace.ShouldBeNull();
    }

    [Fact]
    public async Task Workflow_InputOfAnotherShape_Fails()
    {
        await using WorkflowApp app = await StartAsync();

        WorkflowState state = await app.RunAsync("Sum", "text");

        state.FailureDetails!.ErrorType.ShouldBe("System.Text.Json.JsonException");
    }

    [Fact]
    public async Task IsCausedBy_OwnException_IsFalse()
    {
        new WorkflowTaskFailureDetails(typeof(OwnException).FullName!, "no").IsCausedBy<OwnException>().ShouldBeFalse();
        new WorkflowTaskFailureDetails("System.ArgumentNullException", "no").IsCausedBy<ArgumentException>().ShouldBeTrue();
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Activity_IsMadeInAScopeOfItsOwn_WithItsDependencies()
    {
        await using WorkflowApp app = await StartAsync(services: services => services.AddScoped<Scoped>());

        WorkflowState state = await app.RunAsync("TwoScopes");

        int[] ids = state.ReadOutputAs<int[]>()!;
        ids[0].ShouldNotBe(ids[1]);
    }

    [Fact]
    public async Task Activity_Context_NamesTaskAndInstance()
    {
        await using WorkflowApp app = await StartAsync();

        string[] seen = (await app.RunAsync("Describes", id: "described")).ReadOutputAs<string[]>()!;

        seen[0].ShouldStartWith("Describe described ");
        seen[1].ShouldNotBe(seen[0]);
    }

    [Fact]
    public async Task CustomStatus_SetByWorkflow_IsRead()
    {
        var gate = new Gate();
        await using WorkflowApp app = await StartAsync(gate);

        string id = await app.Client.ScheduleNewWorkflowAsync("Gated");

        (await app.Client.GetWorkflowStateAsync(id)).ReadCustomStatusAs<string>().ShouldBe("waiting");
        gate.Open();
        (await app.Client.WaitForWorkflowCompletionAsync(id)).ReadCustomStatusAs<string>().ShouldBe("done");
    }

    [Fact]
    public async Task Terminate_RunningInstance_EndsItAndDropsTheActivitysResult()
    {
        var gate = new Gate();
        await using WorkflowApp app = await StartAsync(gate);
        string id = await app.Client.ScheduleNewWorkflowAsync("Gated");
        await gate.Entered;

        await app.Client.TerminateWorkflowAsync(id, "stopped");
        gate.Open();

        WorkflowState state = await app.Client.WaitForWorkflowCompletionAsync(id);
        state.RuntimeStatus.ShouldBe(WorkflowRuntimeStatus.Terminated);
        state.ReadOutputAs<string>().ShouldBe("stopped");
        (await app.RunAsync("Sum", new[] { 1 }, id)).RuntimeStatus.ShouldBe(WorkflowRuntimeStatus.Completed);
    }

    [Fact]
    public async Task Terminate_UnknownId_IsNotFound()
    {
        await using WorkflowApp app = await StartAsync();

        (await Should.ThrowAsync<RpcException>(() => app.Client.TerminateWorkflowAsync("nobody"))).StatusCode.ShouldBe(StatusCode.NotFound);
    }

    [Fact]
    public async Task Terminate_EndedInstance_LeavesItAsItIs()
    {
        await using WorkflowApp app = await StartAsync();
        await app.RunAsync("Sum", new[] { 1 }, "sum");

        await app.Client.TerminateWorkflowAsync("sum");

        (await app.Client.GetWorkflowStateAsync("sum")).RuntimeStatus.ShouldBe(WorkflowRuntimeStatus.Completed);
    }

    [Fact]
    public async Task Purge_EndedInstance_ForgetsIt()
    {
        await using WorkflowApp app = await StartAsync();
        await app.RunAsync("Sum", new[] { 1 }, "sum");

        (await app.Client.PurgeInstanceAsync("sum")).ShouldBeTrue();

        (await app.Client.GetWorkflowStateAsync("sum")).Exists.ShouldBeFalse();
        (await app.Client.PurgeInstanceAsync("sum")).ShouldBeFalse();
    }

    [Fact]
    public async Task Purge_RunningInstance_LeavesIt()
    {
        var gate = new Gate();
        await using WorkflowApp app = await StartAsync(gate);
        string id = await app.Client.ScheduleNewWorkflowAsync("Gated");

        (await app.Client.PurgeInstanceAsync(id)).ShouldBeFalse();

        gate.Open();
        (await app.Client.WaitForWorkflowCompletionAsync(id)).RuntimeStatus.ShouldBe(WorkflowRuntimeStatus.Completed);
    }

    [Theory]
    [InlineData("HugeActivityInput")]
    [InlineData("HugeActivityResult")]
    public async Task Payload_Over95PercentOf4Mebibytes_StallsTheWorkflow(string workflow)
    {
        await using WorkflowApp app = await StartAsync();
        string id = await app.Client.ScheduleNewWorkflowAsync(workflow, startTime: DateTime.UnixEpoch, instanceId: "huge", input: null);
        await Until(app, id, state => state.RuntimeStatus == WorkflowRuntimeStatus.Stalled);

        (await app.Client.GetWorkflowStateAsync(id)).IsWorkflowCompleted.ShouldBeFalse();
        await Should.ThrowAsync<RpcException>(() => app.Client.ScheduleNewWorkflowAsync("Sum", id));
        await app.Client.TerminateWorkflowAsync(id);
        (await app.Client.GetWorkflowStateAsync(id)).RuntimeStatus.ShouldBe(WorkflowRuntimeStatus.Terminated);
    }

    [Fact]
    public async Task Services_AddDaprWorkflow_RegistersOnlyTheSealedClient()
    {
        await using WorkflowApp app = await StartAsync();

        app.Services.GetService<IDaprWorkflowClient>().ShouldBeNull();
        app.Services.GetRequiredService<DaprWorkflowClient>().ShouldBeSameAs(app.Client);
    }

    [Fact]
    public async Task Workflow_ActivitiesInParallel_AllRunAtOnce()
    {
        var gate = new Gate(entries: 10);
        await using WorkflowApp app = await StartAsync(gate);
        string id = await app.Client.ScheduleNewWorkflowAsync("FansOut");

        await gate.Entered.WaitAsync(TimeSpan.FromSeconds(10));
        gate.Open();

        (await app.Client.WaitForWorkflowCompletionAsync(id)).ReadOutputAs<int>().ShouldBe(45);
    }

    [Fact]
    public async Task Schedule_MoreThanMemoryTakes_RunsAllInTheEnd()
    {
        const int Instances = 1200;
        var gate = new Gate();
        await using WorkflowApp app = await StartAsync(gate);
        string[] ids = [.. Enumerable.Range(0, Instances).Select(i => $"many-{i}")];
        await Task.WhenAll(ids.Select(id => app.Client.ScheduleNewWorkflowAsync("Gated", id, null, DateTimeOffset.UnixEpoch)));
        (await app.Client.GetWorkflowStateAsync(ids[^1])).RuntimeStatus.ShouldBe(WorkflowRuntimeStatus.Pending);

        gate.Open();

        WorkflowState[] states = await Task.WhenAll(ids.Select(id => app.Client.WaitForWorkflowCompletionAsync(id)))
            .WaitAsync(TimeSpan.FromSeconds(30));
        states.ShouldAllBe(state => state.RuntimeStatus == WorkflowRuntimeStatus.Completed);
    }

    private static async Task Until(WorkflowApp app, string id, Func<WorkflowState, bool> reached)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!reached(await app.Client.GetWorkflowStateAsync(id, cancellation: limit.Token)))
            await Task.Yield();
    }

    private Task<WorkflowApp> StartAsync(Gate? gate = null, Action<IServiceCollection>? services = null) =>
        WorkflowApp.StartAsync(
            _folder,
            options =>
            {
                options.RegisterWorkflow<SumWorkflow>("Sum");
                options.RegisterActivity<AddActivity>();
                options.RegisterActivity<ScopeActivity>();
                options.RegisterWorkflow<object?, int>("Throws", (_, _) => throw new OwnException("no"));
                options.RegisterWorkflow<object?, string>("CallsUnknown", async (context, _) =>
                {
                    try
                    {
                        await context.CallActivityAsync("Unknown");
                        return "";
                    }
                    catch (WorkflowTaskFailedException exception)
                    {
                        return exception.FailureDetails.ToString();
                    }
                });
                options.RegisterWorkflow<object?, int[]>("TwoScopes", async (context, _) =>
                [
                    await context.CallActivityAsync<int>(nameof(ScopeActivity)),
                    await context.CallActivityAsync<int>(nameof(ScopeActivity)),
                ]);
                options.RegisterActivity<object?, string>(
                    "Describe",
                    (context, _) => Task.FromResult($"{context.Identifier} {context.InstanceId} {context.TaskExecutionKey}"));
                options.RegisterWorkflow<object?, string[]>("Describes", async (context, _) =>
                [
                    await context.CallActivityAsync<string>("Describe"),
                    await context.CallActivityAsync<string>("Describe"),
                ]);
                options.RegisterActivity<int, int>("Gate", async (_, number) =>
                {
                    await gate!.PassAsync();
                    return number;
                });
                options.RegisterWorkflow<object?, int>("Gated", async (context, _) =>
                {
                    context.SetCustomStatus("waiting");
                    await context.CallActivityAsync<int>("Gate", 1);
                    context.SetCustomStatus("done");
                    return 1;
                });
                options.RegisterWorkflow<object?, int>("FansOut", async (context, _) =>
                    (await Task.WhenAll(Enumerable.Range(0, 10).Select(i => context.CallActivityAsync<int>("Gate", i)))).Sum());
                options.RegisterActivity<int, string>("Huge", (_, size) => Task.FromResult(new string('x', size)));
                options.RegisterWorkflow<object?, int>("HugeActivityResult", async (context, _) =>
                    (await context.CallActivityAsync<string>("Huge", 3_990_000)).Length);
                options.RegisterWorkflow<object?, int>("HugeActivityInput", async (context, _) =>
                {
                    await context.CallActivityAsync("Huge", new string('x', 3_990_000));
                    return 0;
                });
            },
            services: services);

    private sealed class OwnException(string message) : Exception(message);

    private sealed class Scoped
    {
        private static int _count;

        public int Id { get; } = Interlocked.Increment(ref _count);
    }

    private sealed class SumWorkflow : Workflow<int[], int>
    {
        public override async Task<int> RunAsync(WorkflowContext context, int[] input)
        {
            int sum = await context.CallActivityAsync<int>(nameof(AddActivity), input);
            return await context.CallActivityAsync<int>(nameof(AddActivity), new[] { sum, sum });
        }
    }

    private sealed class AddActivity : WorkflowActivity<int[], int>
    {
        public override Task<int> RunAsync(WorkflowActivityContext context, int[] input) => Task.FromResult(input.Sum());
    }

    private sealed class ScopeActivity(Scoped scoped) : WorkflowActivity<string?, int>
    {
        public override Task<int> RunAsync(WorkflowActivityContext context, string? input) => Task.FromResult(scoped.Id);
    }
}

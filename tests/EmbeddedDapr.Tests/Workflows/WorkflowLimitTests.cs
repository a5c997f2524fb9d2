using Dapr.Workflow;
using Shouldly;
using Xunit;

namespace EmbeddedDapr.Tests.Workflows;

public sealed class WorkflowLimitTests : IDisposable
{
    private const int Runs = 10;

    private readonly TemporaryFolder _folder = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _running = [];
    private readonly Dictionary<string, int> _most = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Activities_WithALimit_AreNeverMoreAtOnce()
    {
        Configure("{maxConcurrentActivityInvocations: 3}");

        await RunAllAsync("Free", "Narrow");

        _most["all"].ShouldBeInRange(2, 3);
    }

    [Fact]
    public async Task Activities_OfANameWithALimit_AreNeverMoreAtOnce()
    {
        Configure("{activityConcurrencyLimits: [{name: Narrow, maxConcurrent: 1}]}");

        await RunAllAsync("Free", "Narrow");

        _most["Narrow"].ShouldBe(1);
        _most["Free"].ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Activities_OfANameWithALimit_HoldUpNoOthers()
    {
        Configure("{maxConcurrentActivityInvocations: 2, activityConcurrencyLimits: [{name: Narrow, maxConcurrent: 1}]}");
        var gate = new Gate();
        await using WorkflowApp app = await WorkflowApp.StartAsync(_folder, options =>
        {
            options.RegisterWorkflow<string, bool>("One", static (context, name) => context.CallActivityAsync<bool>(name, name));
            options.RegisterActivity<string, bool>("Free", static (_, _) => Task.FromResult(true));
            options.RegisterActivity<string, bool>("Narrow", async (_, _) =>
            {
                await gate.PassAsync();
                return true;
            });
        });
        Task<WorkflowState>[] narrow = [.. Enumerable.Range(0, Runs).Select(_ => app.RunAsync("One", "Narrow"))];
        await gate.Entered;

        WorkflowState free = await app.RunAsync("One", "Free");

        free.RuntimeStatus.ShouldBe(WorkflowRuntimeStatus.Completed);
        gate.Open();
        await Task.WhenAll(narrow);
    }

    private async Task RunAllAsync(params string[] activities)
    {
        await using WorkflowApp app = await WorkflowApp.StartAsync(_folder, options =>
        {
            options.RegisterWorkflow<string, bool>("One", static (context, name) => context.CallActivityAsync<bool>(name, name));
            foreach (string activity in activities)
                options.RegisterActivity<string, bool>(activity, async (_, _) => await CountAsync(activity));
        });
        await Task.WhenAll(Enumerable.Range(0, Runs).SelectMany(_ => activities).Select(activity => app.RunAsync("One", activity)));
    }

    /// <summary>Long enough at work for others to come in if nothing keeps them out.</summary>
    private async Task<bool> CountAsync(string activity)
    {
        Add(activity, 1);
        for (int i = 0; i < 1000; i++)
            await Task.Yield();

        Add(activity, -1);
        return true;
    }

    private void Add(string activity, int change)
    {
        lock (_lock)
        {
            foreach (string name in (string[])[activity, "all"])
            {
                _running[name] = _running.GetValueOrDefault(name) + change;
                _most[name] = Math.Max(_most.GetValueOrDefault(name), _running[name]);
            }
        }
    }

    private void Configure(string workflow)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "components", "config")).FullName;
        File.WriteAllText(
            Path.Combine(folder, "worker.yaml"),
            $"apiVersion: dapr.io/v1alpha1\nkind: Configuration\nmetadata: {{name: worker}}\nspec:\n  workflow: {workflow}\n");
    }
}

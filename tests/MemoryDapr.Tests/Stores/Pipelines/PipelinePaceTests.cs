using MemoryDapr.Models;
using MemoryDapr.Stores.Pipelines;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Stores.Pipelines;

public sealed class PipelinePaceTests : IDisposable
{
    private const int Steps = 100;

    private readonly FakeTimeProvider _time = new();
    private readonly PipelinePace _pace;
    private readonly TaskCompletionSource<bool> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;

    public PipelinePaceTests() => _pace = new PipelinePace(new NoChatModel(), _time);

    [Fact]
    public async Task RunAsync_WhileTurnsComeIn_RunsAsManyAsProcessors()
    {
        _pace.NoteTurns();

        Task<bool>[] steps = StartAll();
        _running.ShouldBe(Environment.ProcessorCount);

        _done.SetResult(true);
        await Task.WhenAll(steps);
        _running.ShouldBe(Steps);
    }

    [Fact]
    public async Task RunAsync_NobodyEverAppended_RunsAll()
    {
        Task<bool>[] steps = StartAll();
        _running.ShouldBe(Steps);

        _done.SetResult(true);
        await Task.WhenAll(steps);
    }

    [Fact]
    public async Task RunAsync_SomeTimeAfterTheLastAppend_RunsAll()
    {
        _pace.NoteTurns();
        _time.Advance(TimeSpan.FromSeconds(1));

        Task<bool>[] steps = StartAll();
        _running.ShouldBe(Steps);

        _done.SetResult(true);
        await Task.WhenAll(steps);
    }

    [Fact]
    public async Task RunAsync_StepThrows_GivesItsPlaceBack()
    {
        _pace.NoteTurns();
        for (int i = 0; i <= Environment.ProcessorCount; i++)
        {
            await Should.ThrowAsync<InvalidOperationException>(
                () => _pace.RunAsync<bool>(() => throw new InvalidOperationException()).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        }
    }

    public void Dispose() => _pace.Dispose();

    private Task<bool>[] StartAll() => [.. Enumerable.Range(0, Steps).Select(_ => _pace.RunAsync(() =>
    {
        Interlocked.Increment(ref _running);
        return _done.Task;
    }))];
}

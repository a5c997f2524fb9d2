using MemoryDapr.Sessions;
using MemoryDapr.Stores;
using MemoryDapr.TestKit;
using MemoryDapr.Tests.Distill;
using MemoryDapr.Types;
using MemoryDapr.Upkeep;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Sessions;

public sealed class TurnEmbeddingTests
{
    private static readonly Scope Anna = new("acme", "anna");

    [Fact]
    public async Task CatchUp_WithAnEmbedder_EmbedsTheTurns()
    {
        await using ScriptedModelServer models = await ScriptedModelServer.StartAsync();
        await using WorkerHost host = await WorkerHost.StartAsync(models, ("Models:EmbeddingModel", "scripted-embedding"));
        await AppendAsync(host, 5);
        await SessionsApp.UntilAsync(async () => await CountStoredAsync(host) == 5 && (await ListWithoutVectorAsync(host)).Count == 0);
    }

    [Fact]
    public async Task CatchUp_EmbedderIsAway_IndexesAtOnceAndUpkeepEmbedsLater()
    {
        await using ScriptedModelServer models = await ScriptedModelServer.StartAsync();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        models.OnEmbed = _ =>
        {
            asked.TrySetResult();
            throw new IOException("scripted");
        };
        await using WorkerHost host = await WorkerHost.StartAsync(models, ("Models:EmbeddingModel", "scripted-embedding"));
        await AppendAsync(host, 3);
        await SessionsApp.UntilAsync(async () => await CountStoredAsync(host) == 3);
        await asked.Task;
        EmbeddingJob job = host.Get<IEnumerable<IUpkeepJob>>().OfType<EmbeddingJob>().Single();
        await Should.ThrowAsync<Exception>(() => job.RunAsync(() => Task.CompletedTask, CancellationToken.None));
        (await ListWithoutVectorAsync(host)).Count.ShouldBe(3);

        models.OnEmbed = text => [text.Length, 1];
        Backlog found = await job.RunAsync(() => Task.CompletedTask, CancellationToken.None);
        found.Count.ShouldBe(3);
        (await ListWithoutVectorAsync(host)).ShouldBeEmpty();
        (await job.RunAsync(() => Task.CompletedTask, CancellationToken.None)).Count.ShouldBe(0);
    }

    private static async Task AppendAsync(WorkerHost host, int turns)
    {
        var request = new AppendRequest(Anna.Tenant, "s1", Anna.User, LedgerBench.Turns(0, turns));
        (await host.Get<TurnAppender>().AppendAsync(request, CancellationToken.None)).IsSuccess.ShouldBeTrue();
    }

    private static async Task<int> CountStoredAsync(WorkerHost host) =>
        (await host.Get<IMemoryStore>().ListTurnsAsync(Anna, "s1", 0, 100, CancellationToken.None)).Count;

    private static async Task<IReadOnlyList<MemoryItem>> ListWithoutVectorAsync(WorkerHost host) =>
        (await host.Get<IMemoryStore>().ListItemsAsync(
            new ItemQuery { Scope = Anna, Kinds = [MemoryKind.Turn], OnlyWithoutVector = true },
            CancellationToken.None)).Items;
}

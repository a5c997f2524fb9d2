using MemoryDapr.Promote;
using MemoryDapr.Tests.Distill;
using MemoryDapr.Types;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Promote;

public sealed class PromoteWorkflowTests
{
    [Fact]
    public async Task Promote_EpisodeToldSixTimes_BecomesFactsOnce()
    {
        await using WorkerHost host = await WorkerHost.StartAsync();
        for (int telling = 0; telling < 6; telling++)
        {
            await host.DistillAsync($"s{telling}", ("Ann", "I moved to Lisbon with 2 cats."), ("Ann", "I repair old clocks for a museum in Porto."));
        }

        PipelineRecord pipeline = (await host.Get<PromoteOnDemand>().StartAsync(new PromoteRequest(WorkerHost.Ann, "test"), CancellationToken.None)).Value!;
        pipeline = await host.WaitAsync(pipeline.Id);

        pipeline.Status.ShouldBe(PipelineStatus.Succeeded, pipeline.Error);
        MemoryItem episode = (await host.ListAsync(MemoryKind.Episode)).ShouldHaveSingleItem();
        episode.Promoted.ShouldBeTrue();
        IReadOnlyList<MemoryItem> facts = await host.ListAsync(MemoryKind.Fact);
        facts.Select(fact => fact.Text).Order().ShouldBe(["Ann moved to Lisbon with 2 cats.", "Ann repairs old clocks for a museum in Porto."]);
        facts.ShouldAllBe(fact => fact.Sources.Count == 6 && fact.DerivedFrom.Single() == episode.Id);
        HistoryEntry decision = (await host.Store.GetHistoryAsync("default", episode.Id, CancellationToken.None)).Last(step => step.Action == "promoted");
        decision.Salience!.Value.ShouldBe(0.836, 0.01);
        decision.Inputs.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Promote_NothingRipe_EndsWithoutFacts()
    {
        await using WorkerHost host = await WorkerHost.StartAsync();
        await host.DistillAsync("s", ("Ann", "I moved to Lisbon with 2 cats."));

        PipelineRecord pipeline = (await host.Get<PromoteOnDemand>().StartAsync(new PromoteRequest(WorkerHost.Ann, "test"), CancellationToken.None)).Value!;

        (await host.WaitAsync(pipeline.Id)).Status.ShouldBe(PipelineStatus.Succeeded);
        (await host.ListAsync(MemoryKind.Fact)).ShouldBeEmpty();
    }
}

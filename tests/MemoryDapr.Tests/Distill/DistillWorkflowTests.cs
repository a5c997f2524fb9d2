using MemoryDapr.Stores.Pipelines;
using MemoryDapr.TestKit;
using MemoryDapr.Types;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Distill;

public sealed class DistillWorkflowTests
{
    private static readonly (string?, string)[] Story =
    [
        ("Caroline", "I went to a LGBTQ support group yesterday and it was so powerful."),
        ("Melanie", "I painted a lake sunrise in Vermont last year."),
        ("Caroline", "I met 12 people there. My grandma in Sweden would love them."),
    ];

    [Fact]
    public async Task Distill_Turns_StoresAnEpisodeWithItsSourcesAndHistory()
    {
        await using WorkerHost host = await WorkerHost.StartAsync();

        PipelineRecord pipeline = await host.DistillAsync("one", Story);

        pipeline.Status.ShouldBe(PipelineStatus.Succeeded, pipeline.Error);
        pipeline.Draft.ShouldBeNull();
        MemoryItem episode = (await host.ListAsync(MemoryKind.Episode)).ShouldHaveSingleItem();
        episode.Id.ShouldBe(ItemId.ForEpisode(WorkerHost.Ann, pipeline.Id, 0));
        episode.Sources.Select(source => source.TurnId).ShouldBe(["one-0", "one-1", "one-2"]);
        episode.Facts.ShouldContain(fact => fact.Text == "Caroline went to a LGBTQ support group yesterday (7 May 2023) and it was so powerful.");
        (await host.Store.GetHistoryAsync("default", episode.Id, CancellationToken.None)).ShouldHaveSingleItem().PipelineId.ShouldBe(pipeline.Id);
        (await host.Store.GetSessionAsync("default", "one", CancellationToken.None))!.DistilledTo.ShouldBe(3);
        PipelineView view = (await host.Get<PipelineViews>().GetAsync(new PipelineKey("default", pipeline.Id), CancellationToken.None)).Value!;
        view.Steps.Select(step => step.Name).ShouldBe(["extract", "merge", "advance", "announce"]);
        view.Steps[1].Counts["created"].ShouldBe(1);
    }

    [Fact]
    public async Task Distill_SameStoryInTwoSessions_MakesOneEpisodeThatRestsOnBoth()
    {
        await using WorkerHost host = await WorkerHost.StartAsync();

        await host.DistillAsync("one", Story);
        await host.DistillAsync("two", [.. Story.Select(turn => (turn.Item1, "Hey! " + turn.Item2))]);

        MemoryItem episode = (await host.ListAsync(MemoryKind.Episode)).ShouldHaveSingleItem();
        episode.Sources.Select(source => source.SessionId).Distinct().ShouldBe(["one", "two"]);
        episode.Facts.Count.ShouldBe(4);
        episode.Facts.ShouldAllBe(fact => fact.Sources.Count == 2);
        episode.Version.ShouldBe(2);
        episode.Salience.Value.ShouldBe(0.6, 0.001);
    }

    [Fact]
    public async Task Distill_RecalledContextsPostedBack_AddNothing()
    {
        await using WorkerHost host = await WorkerHost.StartAsync();
        await host.DistillAsync("one", Story);
        MemoryItem known = (await host.ListAsync(MemoryKind.Episode)).ShouldHaveSingleItem();
        string context = $"{MemoryBlock.Opening(1)}\n{MemoryBlock.Mark(known.Id)} {known.Text}\n{MemoryBlock.Closing}";

        PipelineRecord pipeline = await host.DistillAsync("echo", [.. Enumerable.Range(0, 100).Select(_ => ((string?)null, context))]);

        pipeline.Status.ShouldBe(PipelineStatus.Succeeded, pipeline.Error);
        (await host.ListAsync(MemoryKind.Episode)).ShouldHaveSingleItem().ShouldBeEquivalentTo(known);
        (await host.ListAsync(MemoryKind.Fact)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Distill_ModelGivesUselessAnswersTwice_FallsBackToTheRules()
    {
        await using ScriptedModelServer models = await ScriptedModelServer.StartAsync();
        models.OnChat = _ => ScriptedReply.Content("{\"episodes\":[{\"title\":\"\"}]}");
        await using WorkerHost host = await WorkerHost.StartAsync(models);

        PipelineRecord pipeline = await host.DistillAsync("one", Story);

        pipeline.Status.ShouldBe(PipelineStatus.Succeeded, pipeline.Error);
        models.Calls.Count.ShouldBe(2);
        models.Calls[1].Messages[^1].ShouldContain("cannot be used");
        PipelineView view = (await host.Get<PipelineViews>().GetAsync(new PipelineKey("default", pipeline.Id), CancellationToken.None)).Value!;
        view.Steps[0].Counts["fallback"].ShouldBe(1);
        (await host.ListAsync(MemoryKind.Episode)).ShouldHaveSingleItem().Text.ShouldContain("7 May 2023");
    }

    [Fact]
    public async Task Distill_ModelIsDownAtFirst_RepeatsTheStepAndUsesTheModel()
    {
        await using ScriptedModelServer models = await ScriptedModelServer.StartAsync();
        ScriptedReply[] failures = [ScriptedReply.Error(503), ScriptedReply.Truncated()];
        models.OnChat = call => call.Index < failures.Length ? failures[call.Index] : new SensibleScript().Answer(call);
        await using WorkerHost host = await WorkerHost.StartAsync(models);

        PipelineRecord pipeline = await host.DistillAsync("one", Story);

        pipeline.Status.ShouldBe(PipelineStatus.Succeeded, pipeline.Error);
        models.Calls.Count.ShouldBe(3);
        models.Calls[0].Authorization.ShouldBe("Bearer endpoint-key");
        (await host.ListAsync(MemoryKind.Episode)).ShouldHaveSingleItem().Title.ShouldBe("A conversation");
    }

    [Fact]
    public async Task Distill_HundredParaphrasesWithAModel_LeaveAtMostFiveDoubles()
    {
        string[] stories = [.. Enumerable.Range(0, 10).Select(index => $"{(char)('A' + index)}nton")];
        string[] forms = ["{0} keeps bees behind the old mill.", "Behind the old mill there are bees that {0} keeps.", "{0}, who lives by the old mill, is a keeper of bees."];
        await using ScriptedModelServer models = await ScriptedModelServer.StartAsync();
        models.OnChat = new SensibleScript { Meaning = text => stories.First(name => text.Contains(name, StringComparison.Ordinal)) }.Answer;
        await using WorkerHost host = await WorkerHost.StartAsync(models);

        for (int telling = 0; telling < 100; telling++)
        {
            string name = stories[telling % stories.Length];
            await host.DistillAsync($"s{telling}", (null, string.Format(null, forms[telling % forms.Length], name)));
        }

        IReadOnlyList<MemoryItem> episodes = await host.ListAsync(MemoryKind.Episode);
        episodes.Count.ShouldBeLessThanOrEqualTo(stories.Length + 5);
        episodes.SelectMany(episode => episode.Sources).Distinct().Count().ShouldBe(100);
    }
}

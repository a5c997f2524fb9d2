using System.Net;
using System.Text;
using System.Text.Json;
using MemoryDapr.Salience;
using MemoryDapr.Stores;
using MemoryDapr.Tests.Sessions;
using MemoryDapr.Tests.Stores;
using MemoryDapr.Types;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Salience;

/// <summary>Deliveries to the worker's route, as its sidecar makes them.</summary>
public sealed class CitationSubscriberTests : IAsyncLifetime
{
    private static readonly Scope Bert = new("acme", "bert");
    private readonly WatchedStore _store = new();
    private readonly MemoryItem[] _annas = [.. Enumerable.Range(0, 5).Select(index => Memories.Derived(MemoryKind.Episode, index, $"episode {index}"))];
    private readonly MemoryItem _berts = Memories.Derived(MemoryKind.Episode, 0, "his") with { Scope = Bert, Id = ItemId.ForEpisode(Bert, "p", 0) };
    private SessionsApp _app = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await SessionsApp.StartAsync((services, store) => services.AddSingleton(_store.Around(store)));
        _http = new HttpClient { BaseAddress = _app.Address };
        await _app.Store.ApplyAsync(Memories.Batch(_annas), CancellationToken.None);
        await _app.Store.ApplyAsync(Memories.Batch(_berts), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Deliver_FiftyEntriesOfOneScope_AreOneWriteAndCountOnce()
    {
        string[] entries = [.. Enumerable.Range(0, 50).Select(index => Entry(index, Data(Used(_annas[index % 5], $"a{index}"))))];

        (await DeliverAsync(entries)).ShouldAllBe(entry => entry.Value == "SUCCESS");

        StoreBatch written = _store.Batches.ShouldHaveSingleItem();
        written.Saliences.Count.ShouldBe(5);
        written.Citations.Count.ShouldBe(50);
        IReadOnlyList<SalienceLevel> counted = await SaliencesAsync(_annas);
        counted.ShouldAllBe(salience => Math.Abs(salience.Value - (1 - (0.5 * Math.Pow(0.8, 10)))) < 1e-9);

        (await DeliverAsync(entries)).Count.ShouldBe(50);
        _store.Batches.Count.ShouldBe(1);
        (await SaliencesAsync(_annas)).ShouldBe(counted);
        _app.Scheduler.Scheduled.Select(pipeline => pipeline.Id).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Deliver_FifthUse_SchedulesOnePromotion()
    {
        MemoryItem episode = _annas[0];
        for (int use = 1; use < 5; use++)
        {
            await DeliverAsync(Entry(use, Data(Used(episode, $"a{use}"))));
        }

        _app.Scheduler.Scheduled.ShouldBeEmpty();
        await DeliverAsync(Entry(5, Data(Used(episode, "a5"))));

        PipelineRecord promotion = _app.Scheduler.Scheduled.ShouldHaveSingleItem();
        promotion.Id.ShouldBe(PipelineId.ForPromote(Memories.Anna, episode.Id));
        (promotion.Kind, promotion.Status, promotion.Scope).ShouldBe((PipelineKind.Promote, PipelineStatus.Queued, Memories.Anna));
        (await SaliencesAsync(episode))[0].Value.ShouldBeGreaterThanOrEqualTo(0.8);
    }

    [Fact]
    public async Task Deliver_OneScopeFails_OnlyItsEntriesComeAgain()
    {
        string[] entries =
        [
            Entry(0, Data(Used(_annas[0], "a0"))),
            Entry(1, Data(Used(_berts, "a1"))),
            Entry(2, Data(Used(_annas[0], "a2"), Used(_berts, "a2"))),
        ];
        _store.Refused = Bert;

        (await DeliverAsync(entries)).Values.ShouldBe(["SUCCESS", "RETRY", "RETRY"]);
        (await SaliencesAsync(_annas[0], _berts)).Select(salience => salience.Value).ShouldBe([0.68, 0.5], 1e-9);

        _store.Refused = null;
        (await DeliverAsync(entries[1..])).Values.ShouldBe(["SUCCESS", "SUCCESS"]);
        (await SaliencesAsync(_annas[0], _berts)).Select(salience => salience.Value).ShouldBe([0.68, 0.68], 1e-9);
    }

    [Fact]
    public async Task Deliver_EntriesThatAreNone_AreDroppedAndHoldNobodyUp()
    {
        string good = Used(_annas[0], "a0");
        string[] entries =
        [
            Entry(0, Data(good)),
            """{"entryId":"1","contentType":"application/cloudevents+json"}""",
            """{"entryId":"2","contentType":"application/cloudevents+json","event":null}""",
            """{"entryId":"3","contentType":"application/octet-stream","event":"aGVsbG8="}""",
            """{"entryId":"4","contentType":"application/cloudevents+json","event":{"id":"4","specversion":"1.0"}}""",
            Entry(5, "null"),
            Entry(6, "\"text\""),
            Entry(7, """{"tenant":"acme"}"""),
            Entry(8, Data()),
            Entry(9, Data("null")),
            Entry(10, Data(good).Replace("acme", "a.b", StringComparison.Ordinal)),
            Entry(11, Data(good.Replace("used", "liked", StringComparison.Ordinal))),
            Entry(12, Data(good.Replace(_annas[0].Id, "x", StringComparison.Ordinal))),
            Entry(13, Data(good.Replace("a0", "a 0", StringComparison.Ordinal))),
        ];

        Dictionary<string, string> statuses = await DeliverAsync(entries);

        statuses.Where(entry => entry.Value == "SUCCESS").Select(entry => entry.Key).ShouldBe(["0"]);
        statuses.Values.Count(status => status == "DROP").ShouldBe(entries.Length - 1);
        (await SaliencesAsync(_annas[0]))[0].Value.ShouldBe(0.6, 1e-9);
    }

    [Fact]
    public async Task Deliver_CitationsOfUnknownAndForeignItems_AreDoneWithoutAnEffect()
    {
        MemoryItem foreign = _annas[0] with { Scope = new Scope("other", "anna"), Id = ItemId.ForEpisode(new Scope("other", "anna"), "p", 0) };
        await _app.Store.ApplyAsync(Memories.Batch(foreign), CancellationToken.None);

        (await DeliverAsync(Entry(0, Data(Used(foreign, "a0"))))).Values.ShouldBe(["SUCCESS"]);

        _store.Batches.ShouldBeEmpty();
    }

    [Fact]
    public async Task Deliver_WithoutTheAppToken_IsUnauthorized()
    {
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await _http.PostAsync(new Uri(SalienceExtensions.EventRoute, UriKind.Relative), content);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static string Used(MemoryItem item, string answerId) => $$"""{"itemId":"{{item.Id}}","answerId":"{{answerId}}","verdict":"used"}""";

    private static string Data(params string[] citations) => $$"""{"tenant":"acme","citations":[{{string.Join(',', citations)}}]}""";

    private static string Entry(int id, string data) =>
        $$$"""{"entryId":"{{{id}}}","contentType":"application/cloudevents+json","event":{"id":"{{{id}}}","source":"chat","specversion":"1.0","data":{{{data}}}}}""";

    private async Task<Dictionary<string, string>> DeliverAsync(params string[] entries)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(SalienceExtensions.EventRoute, UriKind.Relative))
        {
            Content = new StringContent(
                $$"""{"id":"b1","topic":"memory.citations.v1","entries":[{{string.Join(',', entries)}}]}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("dapr-api-token", SessionsApp.Token);
        using HttpResponseMessage answer = await _http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        using JsonDocument body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return body.RootElement.GetProperty("statuses").EnumerateArray()
            .ToDictionary(entry => entry.GetProperty("entryId").GetString()!, entry => entry.GetProperty("status").GetString()!);
    }

    private async Task<IReadOnlyList<SalienceLevel>> SaliencesAsync(params MemoryItem[] items)
    {
        IReadOnlyList<MemoryItem> stored = await _app.Store.GetItemsAsync("acme", [.. items.Select(item => item.Id)], CancellationToken.None);
        return [.. items.Select(item => stored.Single(one => one.Id == item.Id).Salience)];
    }
}

using System.Net;
using System.Text.Json;
using MemoryDapr.Conformance.Client;
using MemoryDapr.Conformance.Events;
using MemoryDapr.Conformance.Matrix;
using MemoryDapr.Conformance.Setup;
using Shouldly;

namespace MemoryDapr.Conformance.Scenarios;

public sealed class EventScenarios(Deployment deployment) : Scenario(deployment)
{
    private EventPublisher Publisher => new(Deployment.Settings.EventsSidecar!);

    private string Tenant => Deployment.Settings.TenantA;

    [Sidecar(Means.Events)]
    public async Task TurnsEvent_Published_IsAppended()
    {
        string session = NewName("s");
        string user = NewName("u");

        await Publisher.PublishAsync("memory.turns.v1", new { tenant = Tenant, sessionId = session, user, turns = new[] { Turn("t0", "I moved to Oslo."), Turn("t1", "It is cold.") } });

        JsonElement seen = await AppendedAsync(session, 2);
        seen.Text("user").ShouldBe(user);
        seen.List("window").Select(turn => turn.Text("id")).ShouldBe(["t0", "t1"]);
    }

    [Sidecar(Means.Events)]
    public async Task TurnsEvent_DeliveredAgain_AppendsNothingTwice()
    {
        string session = NewName("s");
        object data = new { tenant = Tenant, sessionId = session, turns = new[] { new { role = "user", content = "No id." } } };
        string id = NewName("event");

        await Publisher.PublishAsync("memory.turns.v1", data, id);
        await Publisher.PublishAsync("memory.turns.v1", data, id);
        await Publisher.PublishAsync("memory.turns.v1", data, NewName("event"));

        await AppendedAsync(session, 2);
    }

    [Sidecar(Means.Events)]
    public async Task TurnsEvent_OutOfRules_HoldsUpNobody()
    {
        string session = NewName("s");

        await Publisher.PublishAsync("memory.turns.v1", new { tenant = Tenant, sessionId = "no good", turns = Array.Empty<object>() });
        await Publisher.PublishAsync("memory.turns.v1", new { tenant = Tenant, sessionId = session, turns = new[] { Turn("t0", "Good.") } });

        await AppendedAsync(session, 1);
    }

    [Sidecar(Means.Events)]
    public async Task TurnsEvent_OfAnErasedTurn_StaysErased()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendIndexedAsync(session, user, "My locker code is nightingale.");
        await A.DeleteAsync($"/memory/sessions/{session}");

        await Publisher.PublishAsync(
            "memory.turns.v1", new { tenant = Tenant, sessionId = session, user, turns = new[] { Turn("t0", "My locker code is nightingale."), Turn("t1", "New.") } });

        JsonElement seen = await AppendedAsync(session, 1);
        seen.List("window").Select(turn => turn.Text("id")).ShouldBe(["t1"]);
    }

    [Sidecar(Means.Events)]
    public async Task CitationsEvent_Published_CountsOncePerAnswer()
    {
        string id = (await StoreAsync(NewName("u"), new { text = "The gate closes at nine." })).Single();

        foreach (string answerId in new[] { "a1", "a1", "a2" })
        {
            await Publisher.PublishAsync("memory.citations.v1", new { tenant = Tenant, citations = new[] { new { itemId = id, answerId, verdict = "used" } } });
        }

        await Eventually.SeeAsync("Two answers are counted", () => ItemAsync(id), item => Math.Abs(item.Number("salience") - 0.68) < 0.002);
    }

    [Sidecar(Means.Events)]
    public async Task CitationsEvents_InOneBulk_AreAllCounted()
    {
        string[] ids = [.. await StoreAsync(NewName("u"), [.. Enumerable.Range(0, 60).Select(number => (object)new { id = $"d{number}", text = $"Page {number}." })])];

        await Task.WhenAll(ids.Select(id => Publisher.PublishAsync(
            "memory.citations.v1", new { tenant = Tenant, citations = new[] { new { itemId = id, answerId = "a1", verdict = "used" } } })));

        foreach (string id in ids)
        {
            await Eventually.SeeAsync("It is counted", () => ItemAsync(id), item => Math.Abs(item.Number("salience") - 0.6) < 0.002);
        }
    }

    [Sidecar(Means.Events)]
    public async Task EpisodeEvent_OfADistilledSession_NamesTheEpisode()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendAsync(session, user, ["I work at the aquarium."]);
        string pipeline = (await DistilAsync(session)).Text("pipelineId");

        ReceivedEvent heard = await Deployment.Events.HearAsync("memory.episode.created.v1", data => data.Text("sessionId") == session);

        heard.SpecVersion.ShouldBe("1.0");
        heard.Data.Text("tenant").ShouldBe(Tenant);
        heard.Data.Text("user").ShouldBe(user);
        heard.Data.Text("pipelineId").ShouldBe(pipeline);
        heard.Data.Flag("merged").ShouldBeFalse();
        (await ItemAsync(heard.Data.Text("episodeId"))).Text("kind").ShouldBe("episode");
        heard.Data.GetRawText().ShouldNotContain("aquarium", Case.Sensitive, "Events carry ids, never what was said.");
    }

    [Sidecar(Means.Events)]
    public async Task FactEvent_OfAPromotion_NamesTheFact()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendAsync(session, user, ["I work at the aquarium."]);
        await DistilAsync(session);
        string episode = (await ItemsAsync(user, "episode"))[0].Text("id");
        await Publisher.PublishAsync(
            "memory.citations.v1", new { tenant = Tenant, citations = Enumerable.Range(0, 5).Select(answer => new { itemId = episode, answerId = $"a{answer}", verdict = "used" }) });

        ReceivedEvent heard = await Deployment.Events.HearAsync("memory.fact.promoted.v1", data => data.Text("user") == user);

        (await ItemAsync(heard.Data.Text("factId"))).Text("kind").ShouldBe("fact");
    }

    [Sidecar(Means.Events | Means.ShortSessions)]
    public async Task ExpiredEvent_OfAnIdleSession_CountsItsTurns()
    {
        string session = NewName("s");
        await AppendAsync(session, NewName("u"), ["one", "two"]);
        await ExpiredAsync(session);

        ReceivedEvent heard = await Deployment.Events.HearAsync("memory.session.expired.v1", data => data.Text("sessionId") == session);

        heard.Data.Number("turnCount").ShouldBe(2);
        heard.Data.Time("lastActiveAt");
    }

    [Sidecar(Means.Events)]
    public async Task ErasedEvent_OfAnErasure_HasTheReceiptsId()
    {
        string session = NewName("s");
        await AppendIndexedAsync(session, NewName("u"), "one");
        string receipt = (await A.DeleteAsync($"/memory/sessions/{session}")).Expect().Text("receiptId");

        ReceivedEvent heard = await Deployment.Events.HearAsync("memory.erased.v1", data => data.Text("subject") == $"session:{session}");

        heard.Id.ShouldBe(receipt);
        heard.Data.Text("receiptId").ShouldBe(receipt);
    }

    private Task<JsonElement> AppendedAsync(string session, int turns) => AppendedAsync(session, seen => (int)seen.Number("turnCount") == turns);

    private async Task<JsonElement> AppendedAsync(string session, Func<JsonElement, bool> isSo) => (await Eventually.SeeAsync(
        $"The event's turns are in {session}",
        () => A.GetAsync($"/memory/sessions/{session}"),
        answer => answer.Status == HttpStatusCode.OK && isSo(answer.Json))).Json;
}

using System.Net;
using MemoryDapr.Conformance.Client;
using MemoryDapr.Conformance.Matrix;
using MemoryDapr.Conformance.Setup;
using Shouldly;
using Xunit;

namespace MemoryDapr.Conformance.Scenarios;

/// <summary>Where the actors' state cannot be written: nothing is acknowledged, nothing is lost, and callers are told what it is.</summary>
[Collection(AloneCollection.Name)]
public sealed class StateOutageScenarios(Deployment deployment) : Scenario(deployment)
{
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(5);

    [Both(Means.StateSwitch)]
    public async Task StateOutage_Appends_AreRefusedRatherThanLost()
    {
        string session = NewName("s");
        string user = NewName("u");
        await SayUntilTakenAsync(session, user, 0);
        Answer during = null!;

        await Deployment.State.WhileStoppedAsync(async () => during = await SayAsync(session, user, 1));

        // Beside daprd its own retries may outlast the policy's timeout, or open a circuit, before the failure is told.
        HttpStatusCode[] told = Deployment.IsStandalone
            ? [HttpStatusCode.BadGateway]
            : [HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable, HttpStatusCode.GatewayTimeout];
        told.ShouldContain(during.Status, during.ToString());
        during.ExpectProblem(during.Status, during.Status switch
        {
            HttpStatusCode.BadGateway => "dependency-failed",
            HttpStatusCode.ServiceUnavailable => "dependency-unavailable",
            _ => "timeout",
        });
        (await SayUntilTakenAsync(session, user, 1)).Json.Number("turnCount").ShouldBe(2);
    }

    [Both(Means.StateSwitch)]
    public async Task StateOutage_ManyAppends_OpenACircuitThatClosesAfterIt()
    {
        string session = NewName("s");
        string user = NewName("u");
        await SayUntilTakenAsync(session, user, 0);

        await Deployment.State.WhileStoppedAsync(async () =>
        {
            Answer refused = await Eventually.SeeAsync(
                "The circuit is open", () => SayAsync(session, user, 1), answer => answer.Status == HttpStatusCode.ServiceUnavailable, Recovery);
            refused.ExpectProblem(HttpStatusCode.ServiceUnavailable, "dependency-unavailable");
        });

        await SayUntilTakenAsync(session, user, 1);
        (await SayAsync(session, user, 2)).Expect().Number("turnCount").ShouldBe(3);
    }

    [Both(Means.StateSwitch)]
    public async Task StateOutage_Recalls_GoOn()
    {
        string session = NewName("s");
        string user = NewName("u");
        await SayUntilTakenAsync(session, user, 0);
        await IndexedAsync(session);

        await Deployment.State.WhileStoppedAsync(async () => (await FindAsync(user, "number 0")).ShouldBe(["Number 0."]));

        await Eventually.SeeAsync("The session is back", () => A.GetAsync($"/memory/sessions/{session}"), answer => answer.Status == HttpStatusCode.OK, Recovery);
        (await SessionAsync(session)).Number("turnCount").ShouldBe(1);
    }

    [Both(Means.StateSwitch)]
    public async Task StateOutage_WhatWasAppendedBefore_IsDistilledAfterIt()
    {
        string session = NewName("s");
        string user = NewName("u");
        await SayUntilTakenAsync(session, user, 0);
        await AppendAsync(session, user, Enumerable.Range(1, 4).Select(number => $"Number {number}."), from: 1);

        await Deployment.State.WhileStoppedAsync(() => SayAsync(session, user, 5));

        await Eventually.SeeAsync(
            "All is distilled", () => A.GetAsync($"/memory/sessions/{session}"), answer => answer.Status == HttpStatusCode.OK && answer.Json.Number("distilledTo") >= 5, Recovery);
        IEnumerable<string> distilled = (await ItemsAsync(user, "episode")).SelectMany(episode => episode.Texts("turnIds"));
        distilled.Intersect(["t0", "t1", "t2", "t3", "t4"]).Order().ShouldBe(["t0", "t1", "t2", "t3", "t4"]);
        distilled.ShouldBeUnique();
    }

    [Both(Means.StatePause)]
    public async Task StatePause_Append_IsATimeoutAndThereOnceInTheEnd()
    {
        string session = NewName("s");
        string user = NewName("u");
        await SayUntilTakenAsync(session, user, 0);
        Answer during = null!;

        await Deployment.StatePause.WhileStoppedAsync(async () => during = await SayAsync(session, user, 1));

        during.ExpectProblem(HttpStatusCode.GatewayTimeout, "timeout");
        await SayUntilTakenAsync(session, user, 1);
        (await SayUntilTakenAsync(session, user, 2)).Json.Number("turnCount").ShouldBe(3);
        await IndexedAsync(session);
        (await ItemsAsync(user, "turn")).Select(turn => turn.Text("text")).Order().ShouldBe(["Number 0.", "Number 1.", "Number 2."]);
    }

    [Both(Means.StatePause)]
    public async Task StatePause_Recalls_GoOn()
    {
        string session = NewName("s");
        string user = NewName("u");
        await SayUntilTakenAsync(session, user, 0);
        await IndexedAsync(session);

        await Deployment.StatePause.WhileStoppedAsync(async () => (await FindAsync(user, "number 0")).ShouldBe(["Number 0."]));
    }

    private Task<Answer> SayAsync(string session, string user, int number) =>
        A.PostAsync($"/memory/sessions/{session}/turns", new { user, turns = new[] { Turn($"t{number}", $"Number {number}.") } });

    // A circuit that was opened before is tried again only after a while.
    private Task<Answer> SayUntilTakenAsync(string session, string user, int number) =>
        Eventually.SeeAsync("Appends are taken", () => SayAsync(session, user, number), answer => answer.Status == HttpStatusCode.OK, Recovery);
}

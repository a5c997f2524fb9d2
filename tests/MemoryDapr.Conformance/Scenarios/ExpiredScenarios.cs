using System.Text.Json;
using MemoryDapr.Conformance.Client;
using MemoryDapr.Conformance.Matrix;
using MemoryDapr.Conformance.Setup;
using Shouldly;

namespace MemoryDapr.Conformance.Scenarios;

public sealed class ExpiredScenarios(Deployment deployment) : Scenario(deployment)
{
    [Both(Means.ShortSessions)]
    public async Task Expired_TurnsThatComeAgainLater_AreStillKnown()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendAsync(session, user, ["one", "two"]);
        await ExpiredAsync(session);

        JsonElement answer = await AppendAsync(session, user, ["one", "two", "three"]);

        answer.List("turns").Select(turn => turn.Text("status")).ShouldBe(["duplicate", "duplicate", "accepted"]);
        answer.Number("turnCount").ShouldBe(3);
        (await A.PostAsync($"/memory/sessions/{session}/turns", new { turns = new[] { Turn("t0", "other") } }))
            .ExpectProblem(System.Net.HttpStatusCode.Conflict, "turn-conflict");
        (await A.PostAsync($"/memory/sessions/{session}/turns", new { user = NewName("u"), turns = new[] { Turn("t9", "x") } }))
            .ExpectProblem(System.Net.HttpStatusCode.Conflict, "session-owner");
        (await A.GetAsync($"/memory/sessions/{session}/turns")).Expect().List("items").Select(turn => turn.Number("ordinal")).ShouldBe([0, 1, 2]);
    }
}

using System.Text.Json;
using MemoryDapr.Conformance.Client;
using MemoryDapr.Conformance.Matrix;
using MemoryDapr.Conformance.Setup;
using Shouldly;

namespace MemoryDapr.Conformance.Scenarios;

public sealed class ExpiryScenarios(Deployment deployment) : Scenario(deployment)
{
    // The tail is distilled in between, and a session that waits for that looks again a minute later.
    private TimeSpan Deadline => Deployment.IdleAfter + TimeSpan.FromSeconds(150);

    [Both(Means.ShortSessions)]
    public async Task Expiry_IdleSession_LosesItsWindowAndNoTurn()
    {
        string session = NewName("s");
        await AppendAsync(session, NewName("u"), ["My bike is green.", "My cat is old."]);

        await ExpiredAsync(session);

        (await A.GetAsync($"/memory/sessions/{session}/turns")).Expect().List("items").Select(turn => turn.Text("content"))
            .ShouldBe(["My bike is green.", "My cat is old."]);
        (await SessionAsync(session)).Number("turnCount").ShouldBe(2);
    }

    [Both(Means.ShortSessions)]
    public async Task Expiry_TailShorterThanAPipeline_IsDistilledFirst()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendAsync(session, user, Enumerable.Range(0, 7).Select(number => $"My friend number {number} lives in town {number}."));

        await ExpiredAsync(session);

        (await SessionAsync(session)).Number("distilledTo").ShouldBe(7);
        (await ItemsAsync(user, "episode")).SelectMany(episode => episode.Texts("turnIds")).Distinct().Order()
            .ShouldBe(Enumerable.Range(0, 7).Select(number => $"t{number}"));
    }

    [Both(Means.ShortSessions)]
    public async Task Expiry_TurnsThatComeAgainLater_AreStillKnown()
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

    private Task<JsonElement> ExpiredAsync(string session) =>
        Eventually.SeeAsync($"{session} has expired", () => SessionAsync(session), seen => seen.List("window").Count == 0, Deadline);
}

using MemoryDapr.Conformance.Client;
using MemoryDapr.Conformance.Matrix;
using MemoryDapr.Conformance.Setup;
using Shouldly;

namespace MemoryDapr.Conformance.Scenarios;

public sealed class ExpiryScenarios(Deployment deployment) : Scenario(deployment)
{
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
    public async Task Expiry_TailShorterThanAPipeline_IsDistilledToo()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendAsync(session, user, Enumerable.Range(0, 7).Select(number => $"My friend number {number} lives in town {number}."));

        await ExpiredAsync(session);

        await Eventually.SeeAsync("The tail is distilled", () => SessionAsync(session), seen => seen.Number("distilledTo") >= 7);
        (await ItemsAsync(user, "episode")).SelectMany(episode => episode.Texts("turnIds")).Distinct().Order()
            .ShouldBe(Enumerable.Range(0, 7).Select(number => $"t{number}"));
    }
}

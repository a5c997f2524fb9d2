using System.Net;
using System.Text.Json;
using MemoryDapr.Conformance.Client;
using MemoryDapr.Conformance.Matrix;
using MemoryDapr.Conformance.Setup;
using Shouldly;
using Xunit;

namespace MemoryDapr.Conformance.Scenarios;

[Collection(AloneCollection.Name)]
public sealed class CrashScenarios(Deployment deployment) : Scenario(deployment)
{
    [Both(Means.Restart)]
    public async Task Crash_AfterAnAppend_LosesNoTurnAndDistilsEachOnce()
    {
        string user = NewName("u");
        string[] sessions = [.. Enumerable.Range(0, 5).Select(_ => NewName("s"))];
        string[] said = [.. Enumerable.Range(0, 7).Select(number => $"Stamp number {number} shows the town hall of place {number}.")];
        await Task.WhenAll(sessions.Select(session => AppendAsync(session, user, said)));

        await RestartAsync();

        foreach (string session in sessions)
        {
            (await A.GetAsync($"/memory/sessions/{session}/turns")).Expect().List("items").Select(turn => turn.Text("content")).ShouldBe(said);
            await DistilAsync(session);
            await IndexedAsync(session);
        }

        IReadOnlyList<JsonElement> items = await ItemsAsync(user, "turn");
        items.Count.ShouldBe(35);
        (await ItemsAsync(user, "episode")).SelectMany(episode => episode.List("sources")).Select(source => source.GetRawText()).Distinct().Count().ShouldBe(35);
    }

    [Both(Means.Restart)]
    public async Task Crash_InTheMiddleOfAppends_LosesNoneThatWasAnswered()
    {
        string user = NewName("u");
        string session = NewName("s");
        var answered = new System.Collections.Concurrent.ConcurrentBag<int>();
        var started = new TaskCompletionSource();
        Task writers = Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            for (int number = writer; number < 400; number += 8)
            {
                if (!await TryAppendAsync(session, user, number))
                {
                    return;
                }

                answered.Add(number);
                if (answered.Count >= 40)
                {
                    started.TrySetResult();
                }
            }
        }));
        await Task.WhenAny(started.Task, writers);

        await RestartAsync();
        await writers;

        object[] known = [.. answered.Order().Take(100).Select(number => Turn($"t{number}", $"Number {number}."))];
        JsonElement repeated = (await A.PostAsync($"/memory/sessions/{session}/turns", new { user, turns = known })).Expect();
        repeated.List("turns").Select(turn => turn.Text("status")).Distinct().ShouldBe(["duplicate"]);
        JsonElement seen = await IndexedAsync(session);
        seen.Number("turnCount").ShouldBeInRange(answered.Count, answered.Count + 8);
    }

    [Both(Means.Restart)]
    public async Task Crash_AfterCitations_CountsEachOnce()
    {
        string user = NewName("u");
        string id = (await StoreAsync(user, new { text = "The gate closes at nine." })).Single();
        foreach (int answer in Enumerable.Range(0, 3))
        {
            (await A.PostAsync("/memory/citations", new { memoryIds = new[] { id }, answerId = $"a{answer}", verdict = "used" })).Expect(HttpStatusCode.Accepted);
        }

        await RestartAsync();

        (await A.PostAsync("/memory/citations", new { memoryIds = new[] { id }, answerId = "a0", verdict = "used" })).Expect(HttpStatusCode.Accepted);
        (await A.PostAsync("/memory/citations", new { memoryIds = new[] { id }, answerId = "a3", verdict = "used" })).Expect(HttpStatusCode.Accepted);
        await Eventually.SeeAsync("Four answers are counted", () => ItemAsync(id), item => Math.Abs(item.Number("salience") - 0.7952) < 0.002);
    }

    [Both(Means.Restart)]
    public async Task Crash_AfterAnErasure_BringsNothingBack()
    {
        string user = NewName("u");
        string session = NewName("s");
        await AppendAsync(session, user, Enumerable.Range(0, 10).Select(number => $"Secret number {number}."));
        JsonElement receipt = (await A.DeleteAsync($"/memory/sessions/{session}")).Expect();
        string edited = (await StoreAsync(user, new { id = "d", text = "Kept." })).Single();
        (await A.PatchAsync($"/memory/items/{edited}", new { text = "Kept and corrected." }, ("If-Match", "\"1\""))).Expect();

        await RestartAsync();

        (await A.DeleteAsync($"/memory/sessions/{session}")).Expect().Text("receiptId").ShouldBe(receipt.Text("receiptId"));
        (await AppendAsync(session, user, ["Secret number 0."])).List("turns")[0].Text("status").ShouldBe("erased");
        (await ItemsAsync(user)).Select(item => item.Text("text")).ShouldBe(["Kept and corrected."]);
    }

    private async Task RestartAsync()
    {
        await Deployment.RestartAsync();
        await Eventually.SeeAsync("The service is ready again", ReadyAsync, isReady => isReady, TimeSpan.FromMinutes(2));
    }

    private async Task<bool> ReadyAsync()
    {
        try
        {
            return (await Nobody.GetAsync("/readyz")).Status == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<bool> TryAppendAsync(string session, string user, int number)
    {
        try
        {
            Answer answer = await A.PostAsync($"/memory/sessions/{session}/turns", new { user, turns = new[] { Turn($"t{number}", $"Number {number}.") } });
            return answer.Status == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            // Killed before it answered: nobody was told anything.
            return false;
        }
    }
}

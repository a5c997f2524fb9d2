using System.Net;
using System.Text;
using System.Text.Json;
using MemoryDapr.Conformance.Client;
using MemoryDapr.Conformance.Matrix;
using MemoryDapr.Conformance.Setup;
using Shouldly;

namespace MemoryDapr.Conformance.Scenarios;

public sealed class RecallScenarios(Deployment deployment) : Scenario(deployment)
{
    private static readonly string[] Turns = ["turn"];

    [Both]
    public async Task Recall_WhatWasSaid_FindsTheTurnWithItsSource()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendIndexedAsync(session, user, "I adopted a greyhound called Pixel.", "The weather is fine.", "My sister plays chess.");

        JsonElement answer = await RecallAsync(new { query = "What is my greyhound called?", user });

        JsonElement first = answer.List("items")[0];
        first.Text("text").ShouldBe("I adopted a greyhound called Pixel.");
        first.Text("kind").ShouldBe("turn");
        first.Text("tier").ShouldBe("episodic");
        first.Text("sessionId").ShouldBe(session);
        first.Texts("turnIds").ShouldBe(["t0"]);
        first.List("sources").Select(source => (source.Text("sessionId"), source.Text("turnId"))).ShouldBe([(session, "t0")]);
        first.Number("salience").ShouldBe(0.5, 0.001);
        answer.Get("intent").ValueKind.ShouldBe(JsonValueKind.Object);
        answer.Get("timings").ValueKind.ShouldBe(JsonValueKind.Object);
        answer.Has("degraded").ShouldBeFalse(answer.GetRawText());
    }

    [Both]
    public async Task Recall_AcknowledgedTurn_IsFoundAMomentLater()
    {
        string user = NewName("u");
        await AppendAsync(NewName("s"), user, ["The vault's code word is marzipan."]);

        await Eventually.SeeAsync(
            "The turn is found", () => FindAsync(user, "code word of the vault"), found => found.Count == 1, TimeSpan.FromSeconds(10));
    }

    [Both]
    public async Task Recall_OfAnotherUser_FindsNothingOfThis()
    {
        string user = NewName("u");
        await AppendIndexedAsync(NewName("s"), user, "I adopted a greyhound called Pixel.");

        (await FindAsync(NewName("u"), "greyhound Pixel")).ShouldBeEmpty();
        (await FindAsync("default", $"greyhound Pixel {user}")).ShouldNotContain("I adopted a greyhound called Pixel.");
    }

    [Both]
    public async Task Recall_OfAnotherTenant_FindsNothingOfThis()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendIndexedAsync(session, user, "I adopted a greyhound called Pixel.");

        JsonElement answer = (await B.PostAsync("/memory/recall", new { query = "greyhound Pixel", user, sessionId = session, sessionIds = new[] { session } })).Expect();

        answer.List("items").ShouldBeEmpty();
        answer.Text("context").ShouldNotContain("Pixel");
    }

    [Both]
    public async Task Recall_ForASmallerK_IsAPrefixOfThatForALarger()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendIndexedAsync(session, user, [.. Enumerable.Range(0, 30).Select(number => $"Garden note {number}: the {(number % 3 == 0 ? "roses" : "tulips")} need water on day {number}.")]);

        await DistilAsync(session);

        List<string> most = await IdsAsync(100);
        foreach (int k in new[] { 1, 2, 5, 10, 20 })
        {
            (await IdsAsync(k)).ShouldBe(most.Take(k), $"k = {k}");
        }

        most.Distinct().Count().ShouldBe(most.Count);

        async Task<List<string>> IdsAsync(int k) =>
            [.. (await RecallAsync(new { query = "When do the roses in the garden need water?", user, k })).List("items").Select(item => item.Text("id"))];
    }

    [Both]
    public async Task Recall_SameQuestionAgain_GetsTheSameAnswer()
    {
        string user = NewName("u");
        await AppendIndexedAsync(NewName("s"), user, [.. Enumerable.Range(0, 4).Select(number => $"The cabin by lake {number} has a red door.")]);
        object request = new { query = "Which cabin has a red door?", user, explain = true };

        string first = Stable(await RecallAsync(request));

        Stable(await RecallAsync(request)).ShouldBe(first);

        static string Stable(JsonElement answer) => string.Join(',', answer.List("items").Select(item => $"{item.Text("id")}={item.Number("score"):F3}")) + answer.Text("context");
    }

    [Both]
    public async Task Recall_Explained_SumsToEachScore()
    {
        string user = NewName("u");
        await AppendIndexedAsync(NewName("s"), user, "Anna's puppy is named Biscuit.", "Biscuit loves the sea.", "Anna moved to Oslo.");

        JsonElement answer = await RecallAsync(new { query = "What is the name of Anna's puppy?", user, explain = true });

        answer.List("items").ShouldNotBeEmpty();
        foreach (JsonElement item in answer.List("items"))
        {
            item.List("explain").ShouldAllBe(part => part.Text("name").Length > 0);
            item.List("explain").Sum(part => part.Number("value")).ShouldBe(item.Number("score"), 0.0001, item.GetRawText());
        }
    }

    [Both]
    public async Task Recall_NotExplained_TellsNoParts()
    {
        string user = NewName("u");
        await AppendIndexedAsync(NewName("s"), user, "Biscuit loves the sea.");

        (await RecallAsync(new { query = "Biscuit", user })).List("items").Single().Has("explain").ShouldBeFalse();
    }

    [Both]
    public async Task Recall_InALiveSession_BringsItsWindowFirstAndNoTurnTwice()
    {
        string live = NewName("s");
        string user = NewName("u");
        await AppendIndexedAsync(NewName("s"), user, "Biscuit was born in May.");
        await AppendIndexedAsync(live, user, "Let us talk about Biscuit.", "Biscuit is a puppy.");

        JsonElement answer = await RecallAsync(new { query = "Tell me about Biscuit.", user, sessionId = live, k = 1 });

        IReadOnlyList<JsonElement> items = answer.List("items");
        items.Select(item => item.Text("tier")).ShouldBe(["working", "working", "episodic"]);
        items.Take(2).Select(item => item.Text("text")).ShouldBe(["Let us talk about Biscuit.", "Biscuit is a puppy."]);
        items[2].Text("text").ShouldBe("Biscuit was born in May.");
        items.SelectMany(item => item.List("sources")).Select(source => source.GetRawText()).Distinct().Count().ShouldBe(3);
    }

    [Both]
    public async Task Recall_InALiveSessionWithoutAUser_IsItsOwners()
    {
        string live = NewName("s");
        string user = NewName("u");
        await AppendIndexedAsync(NewName("s"), user, "Biscuit was born in May.");
        await AppendIndexedAsync(live, user, "Hello.");

        JsonElement answer = await RecallAsync(new { query = "When was Biscuit born?", sessionId = live });

        answer.List("items").Select(item => item.Text("text")).ShouldContain("Biscuit was born in May.");
    }

    [Both]
    public async Task Recall_InALiveSessionOfAnotherUser_Conflicts()
    {
        string live = NewName("s");
        await AppendAsync(live, NewName("u"), ["Hello."]);

        (await A.PostAsync("/memory/recall", new { query = "Hello?", user = NewName("u"), sessionId = live })).ExpectProblem(HttpStatusCode.Conflict, "session-owner");
    }

    [Both]
    public async Task Recall_ItsContext_KeepsWithinTheTokensAndCitesItsItems()
    {
        string user = NewName("u");
        await AppendIndexedAsync(NewName("s"), user, [.. Enumerable.Range(0, 20).Select(number => $"Recipe {number}: bread with flour, water, salt and patience number {number}.")]);
        int whole = (int)(await RecallAsync(new { query = "How do I make bread?", user, k = 20, kinds = Turns })).Number("tokens");

        foreach (int most in new[] { 1, 100, 200, whole })
        {
            JsonElement answer = await RecallAsync(new { query = "How do I make bread?", user, k = 20, maxTokens = most, kinds = Turns });
            string context = answer.Text("context");
            answer.Number("tokens").ShouldBe((Encoding.UTF8.GetByteCount(context) + 2) / 3);
            answer.Number("tokens").ShouldBeLessThanOrEqualTo(most);
            int cited = answer.List("items").Count(item => context.Contains($"[m:{item.Text("id")}]", StringComparison.Ordinal));
            (cited > 0).ShouldBe(most >= 100, context);
        }
    }

    [Both]
    public async Task Recall_NothingKnown_IsAnEmptyAnswer()
    {
        JsonElement answer = await RecallAsync(new { query = "What do you know?", user = NewName("u"), sessionId = NewName("s") });

        answer.List("items").ShouldBeEmpty();
        answer.Has("subjectMismatch").ShouldBeFalse();
    }

    [Both]
    public async Task Recall_WordsOfOtherScripts_AreFound()
    {
        string user = NewName("u");
        await AppendIndexedAsync(NewName("s"), user, "Zoë wohnt in der Müllerstraße.", "私は東京の水族館で働いています。", "Мой кот спит на диване.", "Nothing of interest.");

        (await FindAsync(user, "zoe"))[0].ShouldBe("Zoë wohnt in der Müllerstraße.");
        (await FindAsync(user, "東京の水族館"))[0].ShouldBe("私は東京の水族館で働いています。");
        (await FindAsync(user, "кот"))[0].ShouldBe("Мой кот спит на диване.");
    }

    [Both]
    public async Task Recall_QueryLanguagesInTheQuestion_AreOnlyWords()
    {
        string user = NewName("u");
        await AppendIndexedAsync(NewName("s"), user, "A plain note about rivers.");

        foreach (string query in new[] { "\" OR 1=1 --", "rivers'); DROP TABLE items;--", "NEAR(a b) AND NOT *", "{graphql{x}}", "<script>alert(1)</script>", "../../etc/passwd", "%00", "rivers AND" })
        {
            JsonElement answer = await RecallAsync(new { query, user });
            answer.List("items").Select(item => item.Text("text")).ShouldBeSubsetOf(["A plain note about rivers."], query);
        }

        (await FindAsync(user, "rivers")).ShouldBe(["A plain note about rivers."]);
    }

    [Both]
    public async Task Recall_SaidBySomebodyElse_IsMarkedAsAMismatch()
    {
        string user = NewName("u");
        await A.PostAsync($"/memory/sessions/{NewName("s")}/turns", new
        {
            user,
            turns = new[]
            {
                Turn("t0", "I went kayaking with my brother in July.", speaker: "Melanie"),
                Turn("t1", "That sounds lovely.", speaker: "Caroline"),
            },
        });
        await Eventually.SeeAsync("The turns are found", () => FindAsync(user, "kayaking"), found => found.Count > 0);

        JsonElement other = await RecallAsync(new { query = "When did Caroline go kayaking with her brother?", user });
        JsonElement same = await RecallAsync(new { query = "When did Melanie go kayaking with her brother?", user });

        other.Flag("subjectMismatch").ShouldBeTrue(other.GetRawText());
        (same.Has("subjectMismatch") && same.Flag("subjectMismatch")).ShouldBeFalse(same.GetRawText());
    }
}

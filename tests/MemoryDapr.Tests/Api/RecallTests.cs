using System.Net;
using System.Text.Json;
using MemoryDapr.Sessions;
using MemoryDapr.Stores;
using MemoryDapr.Tests.Stores;
using MemoryDapr.Types;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Api;

public sealed class RecallTests : IAsyncLifetime
{
    private static readonly Scope Anna = new("default", "anna");
    private readonly TemporaryStore _store = new();
    private ApiHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await ApiHost.StartAsync(_store.Store);
        MemoryItem[] turns =
        [
            Turn(0, "We adopted a puppy named Biscuit in Lisbon"),
            Turn(1, "The puppy chewed my shoes"),
            Turn(2, "Ich habe in München einen Hund gekauft"),
            Turn(3, "我在北京买了一只猫"),
            Turn(4, "اشتريت كلبا في القاهرة"),
            Turn(5, "Party time 🎉 with the puppy"),
            Turn(6, "The weather is fine"),
        ];
        await _store.Store.ApplyAsync(
            new StoreBatch { Scope = Anna, Items = turns, Sessions = [Memories.Session("s1", scope: Anna)] }, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _store.DisposeAsync();
    }

    [Theory]
    [InlineData("Wo habe ich den Hund gekauft?", "t2")]
    [InlineData("猫是在北京买的吗", "t3")]
    [InlineData("أين اشتريت كلبا", "t4")]
    [InlineData("🎉 party", "t5")]
    [InlineData("What is the puppy's name, Biscuit?", "t0")]
    public async Task Recall_QuestionInALanguage_FindsTheTurnOfThatLanguage(string query, string turnId)
    {
        JsonElement answer = await AskAsync(new { query, user = "anna" });

        Ids(answer)[0].ShouldBe(turnId);
    }

    [Fact]
    public async Task Recall_SmallerK_IsAPrefix()
    {
        string[] all = Ids(await AskAsync(new { query = "puppy", user = "anna", k = 100 }));

        for (int k = 1; k <= all.Length; k++)
        {
            Ids(await AskAsync(new { query = "puppy", user = "anna", k })).ShouldBe(all[..k]);
        }
    }

    [Fact]
    public async Task Recall_Explain_PartsSumToTheScore()
    {
        JsonElement answer = await AskAsync(new { query = "What did the puppy chew?", user = "anna", explain = true });

        answer.GetProperty("items").GetArrayLength().ShouldBeGreaterThan(0);
        foreach (JsonElement item in answer.GetProperty("items").EnumerateArray())
        {
            double sum = item.GetProperty("explain").EnumerateArray().Sum(part => part.GetProperty("value").GetDouble());
            sum.ShouldBe(item.GetProperty("score").GetDouble(), 1e-9);
        }
    }

    [Fact]
    public async Task Recall_OtherUserOrTenant_SeesNothing()
    {
        Ids(await AskAsync(new { query = "puppy", user = "bob" })).ShouldBeEmpty();
        Ids(await AskAsync(new { query = "puppy" })).ShouldBeEmpty();
    }

    [Fact]
    public async Task Recall_LiveSession_ComesFirstIsNotCountedAndNotRepeated()
    {
        ServeWindow(Anna);

        JsonElement answer = await AskAsync(new { query = "puppy", sessionId = "s1", k = 1 });

        answer.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("tier").GetString()).ShouldBe(["working", "working", "episodic"]);
        string[] ids = Ids(answer);
        ids[..2].ShouldBe(["t1", "t9"]);
        ids.ShouldBeUnique();
        answer.GetProperty("items")[2].GetProperty("turnIds").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Recall_LiveSessionOfAnotherUser_Is409()
    {
        ServeWindow(Anna);

        using HttpResponseMessage response = await PostAsync(new { query = "puppy", user = "bob", sessionId = "s1" });

        (await ProblemDocument.ReadFaultsAsync(response, 409, "session-owner")).ShouldBe(["/user refused"]);
    }

    [Fact]
    public async Task Recall_UnknownSession_HasNoWindow()
    {
        _host.Worker.On<SessionKey, SessionView>(WorkerRoutes.Session, _ => new Refusal(RefusalKind.NotFound, "There is no such session."));

        JsonElement answer = await AskAsync(new { query = "puppy", user = "anna", sessionId = "other" });

        answer.GetProperty("items")[0].GetProperty("tier").GetString().ShouldBe("episodic");
        answer.TryGetProperty("degraded", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Recall_WorkerDown_AnswersFromTheStoreAndSaysSo()
    {
        _host.Worker.OnRaw(WorkerRoutes.Session, HttpStatusCode.InternalServerError, "{\"errorCode\":\"ERR_DIRECT_INVOKE\",\"message\":\"circuit breaker is open\"}");

        JsonElement answer = await AskAsync(new { query = "puppy", sessionId = "s1" });

        Ids(answer).ShouldNotBeEmpty();
        answer.GetProperty("degraded")[0].GetString().ShouldBe("window");
    }

    [Fact]
    public async Task Recall_Context_HoldsItemsWithMarksWithinTheBudget()
    {
        JsonElement answer = await AskAsync(new { query = "puppy", user = "anna", maxTokens = 60 });

        string context = answer.GetProperty("context").GetString()!;
        context.ShouldContain(MemoryBlock.Mark(answer.GetProperty("items")[0].GetProperty("id").GetString()!));
        answer.GetProperty("tokens").GetInt32().ShouldBe((System.Text.Encoding.UTF8.GetByteCount(context) + 2) / 3);
        answer.GetProperty("tokens").GetInt32().ShouldBeLessThanOrEqualTo(60);
    }

    [Fact]
    public async Task Recall_Filters_HoldTogether()
    {
        Ids(await AskAsync(new { query = "puppy", user = "anna", since = Memories.Start.AddMinutes(1), until = Memories.Start.AddMinutes(5) })).ShouldNotContain("t0");
        Ids(await AskAsync(new { query = "puppy", user = "anna", kinds = new[] { "fact" } })).ShouldBeEmpty();
        Ids(await AskAsync(new { query = "puppy", user = "anna", tiers = new[] { "semantic" }, kinds = new[] { "turn" } })).ShouldBeEmpty();
        Ids(await AskAsync(new { query = "puppy", user = "anna", sessionIds = new[] { "s2" } })).ShouldBeEmpty();
        Ids(await AskAsync(new { query = "puppy", user = "anna", metadata = new { channel = "' OR 1=1 --" } })).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"query":"x","k":0}""", "/k range")]
    [InlineData("""{"query":"x","k":101}""", "/k range")]
    [InlineData("""{"query":"x","k":1.5}""", "/k type")]
    [InlineData("""{"query":"x","k":99999999999}""", "/k range")]
    [InlineData("""{"query":""}""", "/query length")]
    [InlineData("""{"query":"x","kinds":["turn","robot"]}""", "/kinds/1 enum")]
    [InlineData("""{"query":"x","since":"soon"}""", "/since time")]
    [InlineData("""{"query":"x","since":"2026-01-02T00:00:00Z","until":"2026-01-01T00:00:00Z"}""", "/until order")]
    [InlineData("""{"query":"x","metadata":{"a\"; DROP TABLE":"1"}}""", "/metadata/a\"; DROP TABLE metadataKey")]
    [InlineData("""{"query":"x","maxTokens":0}""", "/maxTokens range")]
    [InlineData("""{"query":"x","sessionIds":["../x"]}""", "/sessionIds/0 id")]
    public async Task Recall_BrokenRule_NamesIt(string body, string fault)
    {
        using HttpResponseMessage response = await _host.PostAsync("/memory/recall", body);

        (await ProblemDocument.ReadFaultsAsync(response, 400, "validation")).ShouldBe([fault]);
    }

    [Fact]
    public async Task Recall_Deadline_Is504()
    {
        await using ApiHost slow = await ApiHost.StartAsync(new StuckStore(), ("Recall:Deadline", "00:00:00.05"));

        using HttpResponseMessage response = await slow.PostAsync("/memory/recall", """{"query":"x"}""");

        await ProblemDocument.ReadFaultsAsync(response, 504, "timeout");
    }

    [Fact]
    public async Task Recall_ManyAtOnce_AllAnswerTheSame()
    {
        string[] expected = Ids(await AskAsync(new { query = "puppy", user = "anna" }));

        JsonElement[] answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => AskAsync(new { query = "puppy", user = "anna" })));

        foreach (JsonElement answer in answers)
        {
            Ids(answer).ShouldBe(expected);
        }
    }

    private static MemoryItem Turn(int ordinal, string text) => Memories.Turn(ordinal, text, scope: Anna);

    private static string[] Ids(JsonElement answer) =>
        [.. answer.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("turnIds")[0].GetString()!)];

    private void ServeWindow(Scope owner)
    {
        Turn[] window =
        [
            new() { Id = "t1", Ordinal = 1, Role = TurnRole.User, Content = "The puppy chewed my shoes", At = Memories.Start },
            new() { Id = "t9", Ordinal = 9, Role = TurnRole.User, Content = "Not indexed yet", At = Memories.Start },
        ];
        _host.Worker.On<SessionKey, SessionView>(
            WorkerRoutes.Session, key => new SessionView(Memories.Session(key.SessionId, scope: owner), window, Memories.Start.AddDays(1)));
    }

    private Task<HttpResponseMessage> PostAsync(object body) => _host.PostAsync("/memory/recall", JsonSerializer.Serialize(body, MemoryJson.Options));

    private async Task<JsonElement> AskAsync(object body)
    {
        using HttpResponseMessage response = await PostAsync(body);
        string text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text + string.Join(Environment.NewLine, _host.Logs.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal))));
        using JsonDocument json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }
}

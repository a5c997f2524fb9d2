using System.Net;
using System.Text.Json;
using MemoryDapr.Conformance.Client;
using MemoryDapr.Conformance.Matrix;
using MemoryDapr.Conformance.Setup;
using Shouldly;

namespace MemoryDapr.Conformance.Scenarios;

public sealed class ExchangeScenarios(Deployment deployment) : Scenario(deployment)
{
    private const string Lines = "application/x-ndjson";

    [Both]
    public async Task Export_OfAUser_HasItsSessionsAndItemsInPages()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendIndexedAsync(session, user, [.. Enumerable.Range(0, 4).Select(number => $"Line {number}.")]);
        await StoreAsync(user, new { text = "A document." });

        List<string> lines = await ExportAsync(user, limit: 2);

        Parsed(lines, "session").Select(line => line.Get("session").Text("sessionId")).ShouldBe([session]);
        Parsed(lines, "item").Select(line => line.Get("item").Text("text")).Order()
            .ShouldBe(["A document.", "Line 0.", "Line 1.", "Line 2.", "Line 3."]);
    }

    [Both]
    public async Task Import_IntoAnotherUser_BringsEverythingUnderItsOwnIds()
    {
        string session = NewName("s");
        string user = NewName("u");
        string other = NewName("u");
        await AppendAsync(session, user, ["The lighthouse keeper is called Ada.", "Her cat is called Tin."]);
        await DistilAsync(session);
        await StoreAsync(user, new { id = "d", text = "The lighthouse was built in 1890.", metadata = new { floor = 1 } });

        // Its session id is taken in this tenant: another tenant's is free.
        JsonElement imported = (await B.PostTextAsync($"/memory/import?user={other}", string.Join('\n', await ExportAsync(user)), Lines)).Expect();

        imported.Number("stored").ShouldBe((await ItemsAsync(user)).Count, imported.GetRawText());
        JsonElement recalled = (await B.PostAsync("/memory/recall", new { query = "lighthouse", user = other })).Expect();
        recalled.List("items").Select(item => item.Text("text")).ShouldContain("The lighthouse was built in 1890.");
        recalled.List("items").Select(item => item.Text("text")).ShouldContain("The lighthouse keeper is called Ada.");
        (await B.GetAsync($"/memory/sessions/{session}/turns")).Expect().List("items").Select(turn => turn.Text("id")).ShouldBe(["t0", "t1"]);
        (await B.GetAsync($"/memory/sessions/{session}")).Expect().Text("user").ShouldBe(other);
    }

    [Both]
    public async Task Import_Again_StoresNothingNew()
    {
        string user = NewName("u");
        await StoreAsync(user, new { id = "a", text = "One." }, new { id = "b", text = "Two." });
        string lines = string.Join('\n', await ExportAsync(user));
        string target = NewName("u");

        JsonElement first = (await A.PostTextAsync($"/memory/import?user={target}", lines, Lines)).Expect();
        JsonElement again = (await A.PostTextAsync($"/memory/import?user={target}", lines, Lines)).Expect();

        first.Number("stored").ShouldBe(2);
        again.Number("stored").ShouldBe(0);
        again.Number("known").ShouldBe(2);
        (await ItemsAsync(target)).Count.ShouldBe(2);
    }

    [Both]
    public async Task Import_LineByLineInAnyOrder_IsTheSame()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendIndexedAsync(session, user, "One.", "Two.", "Three.");
        List<string> lines = await ExportAsync(user);
        lines.Reverse();

        foreach (string line in lines)
        {
            (await B.PostTextAsync($"/memory/import?user={user}", line, Lines)).Expect();
        }

        (await B.GetAsync($"/memory/sessions/{session}/turns")).Expect().List("items").Select(turn => turn.Text("content")).ShouldBe(["One.", "Two.", "Three."]);
    }

    [Both]
    public async Task Import_OfASessionThatAnotherUserOwns_IsForeign()
    {
        string session = NewName("s");
        string user = NewName("u");
        await AppendIndexedAsync(session, user, "One.");

        JsonElement imported = (await A.PostTextAsync($"/memory/import?user={NewName("u")}", string.Join('\n', await ExportAsync(user)), Lines)).Expect();

        imported.Number("foreign").ShouldBeGreaterThanOrEqualTo(1);
        (await SessionAsync(session)).Text("user").ShouldBe(user);
    }

    [Both]
    public async Task Import_BrokenLines_AreNamedByTheirNumber()
    {
        (await A.PostTextAsync("/memory/import", "{\"type\":\"end\"}\n{\"type\":\"rumour\"}\n{\"type\":\"session\",\"session\":{\"sessionId\":\"a b\"},\"x\":1}", Lines))
            .ExpectProblem(
                HttpStatusCode.BadRequest,
                "validation",
                ("/1/type", "enum"),
                ("/2/session/sessionId", "id"),
                ("/2/session/nextOrdinal", "required"),
                ("/2/session/turnCount", "required"),
                ("/2/session/distilledTo", "required"),
                ("/2/session/createdAt", "required"),
                ("/2/session/lastActiveAt", "required"),
                ("/2/x", "unknown"));
        (await A.PostTextAsync("/memory/import", "{\"type\":\"end\"}\nnot json", Lines)).ExpectProblem(HttpStatusCode.BadRequest, "malformed-body", ("/1", "json"));
    }

    [Both]
    public async Task Import_OfAnotherTypeOrTooMuch_IsRefused()
    {
        (await A.PostTextAsync("/memory/import", "{\"type\":\"end\"}")).ExpectProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        (await A.PostTextAsync("/memory/import", new string('\n', (1 << 20) + 1), Lines)).ExpectProblem(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
    }

    [Both]
    public async Task Export_BrokenParameters_AreRefused() =>
        (await A.GetAsync("/memory/export?user=a%20b&limit=0&cursor=x1&all=1")).ExpectProblem(
            HttpStatusCode.BadRequest, "validation", ("/user", "id"), ("/limit", "range"), ("/cursor", "cursor"), ("/all", "unknown"));

    [Both]
    public async Task Export_OfAnotherTenantOrUser_HasNothingOfThis()
    {
        string user = NewName("u");
        await StoreAsync(user, new { text = "Mine." });

        JsonElement[] ends =
        [
            (await B.GetAsync($"/memory/export?user={user}&cursor=i")).Json,
            (await A.GetAsync($"/memory/export?user={NewName("u")}&cursor=i")).Json,
        ];

        ends.ShouldAllBe(end => end.Text("type") == "end" && !end.Has("nextCursor"));
    }

    private static IEnumerable<JsonElement> Parsed(IEnumerable<string> lines, string type) =>
        lines.Select(line => JsonSerializer.Deserialize<JsonElement>(line)).Where(line => line.Text("type") == type);

    private async Task<List<string>> ExportAsync(string user, int limit = 100)
    {
        List<string> lines = [];
        string? cursor = null;
        do
        {
            Answer page = await A.GetAsync($"/memory/export?user={user}&limit={limit}" + (cursor is null ? "" : $"&cursor={cursor}"));
            page.Status.ShouldBe(HttpStatusCode.OK, page.ToString());
            page.MediaType.ShouldBe(Lines);
            string[] read = page.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            lines.AddRange(read[..^1]);
            JsonElement end = JsonSerializer.Deserialize<JsonElement>(read[^1]);
            end.Text("type").ShouldBe("end");
            cursor = end.TextOrNull("nextCursor");
        }
        while (cursor is not null);

        return lines;
    }
}

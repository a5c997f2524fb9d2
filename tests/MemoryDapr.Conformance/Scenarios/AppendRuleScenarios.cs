using System.Net;
using System.Text;
using MemoryDapr.Conformance.Client;
using MemoryDapr.Conformance.Matrix;
using MemoryDapr.Conformance.Setup;
using Shouldly;

namespace MemoryDapr.Conformance.Scenarios;

public sealed class AppendRuleScenarios(Deployment deployment) : Scenario(deployment)
{
    private string Path => field ??= $"/memory/sessions/{NewName("s")}/turns";

    [Both]
    public async Task Append_ManyBrokenRules_ToldAllAtOnce()
    {
        Answer answer = await A.PostTextAsync(Path, """
            {"user":"no spaces please","turns":[
              {"id":"no spaces","role":"robot","content":"   "},
              {"content":"x","at":"yesterday","surprise":1},
              {"role":"user","content":5,"metadata":{"bad key":1,"deep":{}}}]}
            """);

        answer.ExpectProblem(
            HttpStatusCode.BadRequest,
            "validation",
            ("/user", "id"),
            ("/turns/0/id", "turnId"),
            ("/turns/0/role", "enum"),
            ("/turns/0/content", "blank"),
            ("/turns/1/role", "required"),
            ("/turns/1/at", "time"),
            ("/turns/1/surprise", "unknown"),
            ("/turns/2/content", "type"),
            ("/turns/2/metadata/bad key", "metadataKey"),
            ("/turns/2/metadata/deep", "type"));
        answer.Text.ShouldNotContain("no spaces please", Case.Sensitive, "A problem does not repeat what was sent.");
    }

    [Both]
    public async Task Append_ToAnIdThatNoSessionMayHave_IsRefused()
    {
        foreach (string id in new[] { "%C3%A4", "a%20b", "a%0A" })
        {
            (await A.PostAsync($"/memory/sessions/{id}/turns", new { turns = new[] { Turn("t0", "one") } })).ExpectRefusedPath();
        }

        foreach (string id in new[] { new string('a', 101), "a.b", "a:b" })
        {
            Answer answer = await A.PostAsync($"/memory/sessions/{id}/turns", new { turns = new[] { Turn("t0", "one") } });

            answer.ExpectProblem(HttpStatusCode.BadRequest, "validation", ("/sessionId", "id"));
        }
    }

    [Both]
    public async Task Append_SessionMissingInTheBody_IsRequired() =>
        (await A.PostAsync("/memory/turns", new { turns = new[] { Turn("t0", "one") } }))
            .ExpectProblem(HttpStatusCode.BadRequest, "validation", ("/sessionId", "required"));

    [Both]
    public async Task Append_NoTurnOrMoreThanHundred_BreaksTheCount()
    {
        (await A.PostTextAsync(Path, "{}")).ExpectProblem(HttpStatusCode.BadRequest, "validation", ("/turns", "required"));
        (await A.PostTextAsync(Path, """{"turns":[]}""")).ExpectProblem(HttpStatusCode.BadRequest, "validation", ("/turns", "count"));
        (await A.PostAsync(Path, new { turns = Enumerable.Range(0, 101).Select(number => Turn($"t{number}", "one")) }))
            .ExpectProblem(HttpStatusCode.BadRequest, "validation", ("/turns", "count"));
    }

    [Both]
    public async Task Append_ContentAtTheLimit_PassesAndOneMoreDoesNot()
    {
        (await A.PostAsync(Path, new { turns = new[] { Turn("t0", new string('x', 32_000)) } })).Expect();

        (await A.PostAsync(Path, new { turns = new[] { Turn("t1", new string('x', 32_001)) } }))
            .ExpectProblem(HttpStatusCode.BadRequest, "validation", ("/turns/0/content", "length"));
    }

    [Both]
    public async Task Append_MetadataAtTheLimits_PassesAndBeyondDoesNot()
    {
        Dictionary<string, object> most = Enumerable.Range(0, 16).ToDictionary(number => $"{new string('k', 60)}_{number}", _ => (object)new string('v', 256));
        (await A.PostAsync(Path, new { turns = new[] { Turn("t0", "one", metadata: most) } })).Expect();

        Dictionary<string, object> many = new(most) { ["one_more"] = 1 };
        (await A.PostAsync(Path, new { turns = new[] { Turn("t1", "one", metadata: many) } }))
            .ExpectProblem(HttpStatusCode.BadRequest, "validation", ("/turns/0/metadata", "count"));
        (await A.PostAsync(Path, new { turns = new[] { Turn("t1", "one", metadata: new { long_value = new string('v', 257) }) } }))
            .ExpectProblem(HttpStatusCode.BadRequest, "validation", ("/turns/0/metadata/long_value", "length"));
    }

    [Both]
    public async Task Append_FieldThereTwice_IsRefused() =>
        (await A.PostTextAsync(Path, """{"user":"a","user":"b","turns":[{"role":"user","content":"one"}]}"""))
            .ExpectProblem(HttpStatusCode.BadRequest, "validation", ("/user", "duplicate"));

    [Both]
    public async Task Append_BodyThatIsNoJson_IsMalformed()
    {
        (await A.PostTextAsync(Path, "")).ExpectProblem(HttpStatusCode.BadRequest, "malformed-body", ("", "required"));
        (await A.PostTextAsync(Path, "{\"turns\":[")).ExpectProblem(HttpStatusCode.BadRequest, "malformed-body", ("", "json"));
        (await A.PostTextAsync(Path, string.Concat(Enumerable.Repeat("[", 40)) + string.Concat(Enumerable.Repeat("]", 40))))
            .ExpectProblem(HttpStatusCode.BadRequest, "malformed-body", ("", "json"));
        (await A.PostBytesAsync(Path, [0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])).ExpectProblem(HttpStatusCode.BadRequest, "malformed-body", ("", "utf8"));
        (await A.PostTextAsync(Path, "[]")).ExpectProblem(HttpStatusCode.BadRequest, "validation");
    }

    [Both]
    public async Task Append_TextThatIsNoText_IsRefused()
    {
        (await A.PostTextAsync(Path, "{\"turns\":[{\"role\":\"user\",\"content\":\"a\\u0000b\"}]}"))
            .ExpectProblem(HttpStatusCode.BadRequest, "validation", ("/turns/0/content", "text"));
        (await A.PostTextAsync(Path, "{\"turns\":[{\"role\":\"user\",\"content\":\"a\\ud800b\"}]}"))
            .ExpectProblem(HttpStatusCode.BadRequest, "validation", ("/turns/0/content", "text"));
    }

    [Both]
    public async Task Append_BodyOverOneMebibyte_IsTooLarge()
    {
        object[] turns = [.. Enumerable.Range(0, 36).Select(number => Turn($"t{number}", new string('x', 30_000)))];

        (await A.PostAsync(Path, new { turns })).ExpectProblem(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
    }

    [Both]
    public async Task Append_BodyOfAnotherType_IsUnsupported()
    {
        byte[] body = Encoding.UTF8.GetBytes("""{"turns":[{"role":"user","content":"one"}]}""");

        foreach (string type in new[] { "text/plain", "application/xml", "application/json; charset=utf-16" })
        {
            (await A.PostBytesAsync(Path, body, type)).ExpectProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        }
    }

    [Both]
    public async Task Append_IdempotencyKeyOutOfForm_IsRefused() =>
        (await A.PostAsync(Path, new { turns = new[] { Turn("t0", "one") } }, ("Idempotency-Key", new string('k', 201))))
            .ExpectProblem(HttpStatusCode.BadRequest, "validation", ("/Idempotency-Key", "header"));

    [Both]
    public async Task Append_UnknownParameter_IsRefused() =>
        (await A.PostAsync(Path + "?dry=1", new { turns = new[] { Turn("t0", "one") } }))
            .ExpectProblem(HttpStatusCode.BadRequest, "validation", ("/dry", "unknown"));
}

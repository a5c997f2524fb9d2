using System.Net;
using System.Text.Json;
using Shouldly;

namespace MemoryDapr.Conformance.Client;

/// <summary>An answer, with the request that it is to.</summary>
internal sealed record Answer(string Request, HttpStatusCode Status, Dictionary<string, string> Headers, string Text)
{
    private JsonElement? _json;

    /// <summary>The media type, without parameters.</summary>
    public string? MediaType => Headers.GetValueOrDefault("Content-Type")?.Split(';')[0];

    /// <summary>Whether it is an RFC 9457 document, and so of the service itself.</summary>
    public bool IsProblem => MediaType == "application/problem+json";

    public JsonElement Json => _json ??= Parse();

    /// <summary>The body, of an answer with this status.</summary>
    public JsonElement Expect(HttpStatusCode status = HttpStatusCode.OK)
    {
        Status.ShouldBe(status, ToString());
        return Json;
    }

    /// <summary>Checks that it is this problem, in the form that every problem has, with exactly these broken rules.</summary>
    public Answer ExpectProblem(HttpStatusCode status, string name, params (string Pointer, string Rule)[] rules)
    {
        Status.ShouldBe(status, ToString());
        MediaType.ShouldBe("application/problem+json", ToString());
        Json.Text("type").ShouldBe($"urn:memorydapr:problem:{name}", ToString());
        Json.Number("status").ShouldBe((int)status, ToString());
        Json.Text("title").ShouldNotBeNullOrWhiteSpace(ToString());
        Headers.GetValueOrDefault("X-Request-ID").ShouldNotBeNullOrEmpty(ToString());
        Text.ShouldNotContain("   at ", Case.Sensitive, "A stack trace is nobody's business.");
        if (rules.Length > 0)
        {
            Json.List("errors").Select(error => (error.Text("pointer"), error.Text("rule"))).ShouldBe(rules, ignoreOrder: true, ToString());
            Json.List("errors").ShouldAllBe(error => error.Text("message").Length > 0);
        }

        return this;
    }

    /// <summary>Checks that the path itself was refused: by the service, or by a gateway in front of it, which has no problem documents.</summary>
    public Answer ExpectRefusedPath()
    {
        (Status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound).ShouldBeTrue(ToString());
        return this;
    }

    public override string ToString() => $"{Request} answered {(int)Status}: {(Text.Length > 2000 ? Text[..2000] : Text)}";

    private JsonElement Parse()
    {
        try
        {
            using var document = JsonDocument.Parse(Text);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw new ShouldAssertException($"{this}\nis not JSON.", exception);
        }
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using MemoryDapr.Api.Requests;
using NSubstitute;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Api;

public sealed class BadInputTests : IAsyncLifetime
{
    private const string Turns = "/memory/sessions/s1/turns";
    private ApiHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ApiHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("", "malformed-body", " required")]
    [InlineData("{", "malformed-body", " json")]
    [InlineData("{} {}", "malformed-body", " json")]
    [InlineData("[]", "validation", " type")]
    [InlineData("\"text\"", "validation", " type")]
    [InlineData("{}", "validation", "/turns required")]
    [InlineData("{\"turns\":[]}", "validation", "/turns count")]
    [InlineData("{\"turns\":{}}", "validation", "/turns type")]
    [InlineData("{\"turns\":[null]}", "validation", "/turns/0 type")]
    [InlineData("{\"turns\":[1]}", "validation", "/turns/0 type")]
    [InlineData("{\"turns\":[{\"role\":\"user\",\"content\":\"hi\"}],\"user\":\"a b\"}", "validation", "/user id")]
    [InlineData("{\"turns\":[{\"role\":\"user\",\"content\":\"hi\"}],\"user\":\"../x\"}", "validation", "/user id")]
    [InlineData("{\"turns\":[{\"role\":\"user\",\"content\":\"hi\"}],\"user\":\"ann\\n\"}", "validation", "/user id")]
    [InlineData("{\"turns\":[{\"role\":\"user\",\"content\":\"hi\"}],\"user\":7}", "validation", "/user type")]
    [InlineData("{\"turns\":[{\"role\":\"user\",\"content\":\"hi\"}],\"user\":\"a\",\"user\":\"b\"}", "validation", "/user duplicate")]
    [InlineData("{\"turns\":[{\"role\":\"robot\",\"content\":\"hi\"}]}", "validation", "/turns/0/role enum")]
    [InlineData("{\"turns\":[{\"role\":\"user,tool\",\"content\":\"hi\"}]}", "validation", "/turns/0/role enum")]
    [InlineData("{\"turns\":[{\"role\":1,\"content\":\"hi\"}]}", "validation", "/turns/0/role type")]
    [InlineData("{\"turns\":[{\"role\":\"user\",\"content\":\"\"}]}", "validation", "/turns/0/content length")]
    [InlineData("{\"turns\":[{\"role\":\"user\",\"content\":\" \\n\"}]}", "validation", "/turns/0/content blank")]
    [InlineData("{\"turns\":[{\"role\":\"user\",\"content\":\"a\\u0000b\"}]}", "validation", "/turns/0/content text")]
    [InlineData("{\"turns\":[{\"role\":\"user\",\"content\":\"a\\ud83d\"}]}", "validation", "/turns/0/content text")]
    [InlineData("{\"turns\":[{\"role\":\"user\",\"content\":\"hi\",\"at\":\"yesterday\"}]}", "validation", "/turns/0/at time")]
    [InlineData("{\"turns\":[{\"role\":\"user\",\"content\":\"hi\",\"at\":\"2026-02-30T00:00:00Z\"}]}", "validation", "/turns/0/at time")]
    [InlineData("{\"turns\":[{\"role\":\"user\",\"content\":\"hi\",\"at\":12}]}", "validation", "/turns/0/at type")]
    [InlineData("{\"turns\":[{\"role\":\"user\",\"content\":\"hi\",\"id\":\"a/b\"}]}", "validation", "/turns/0/id turnId")]
    [InlineData("{\"turns\":[{\"role\":\"user\",\"content\":\"hi\",\"extra\":1}]}", "validation", "/turns/0/extra unknown")]
    [InlineData("{\"turns\":[{\"role\":\"user\",\"content\":\"hi\",\"a/b~\":1}]}", "validation", "/turns/0/a~1b~0 unknown")]
    [InlineData("{\"turns\":[{\"role\":\"user\",\"content\":\"hi\",\"\\ud800\":1}]}", "validation", "/turns/0 text")]
    [InlineData("{\"turns\":[{\"role\":\"user\",\"content\":\"hi\",\"speaker\":\"a\\nb\"}]}", "validation", "/turns/0/speaker text")]
    [InlineData("{\"turns\":[{\"role\":\"user\",\"content\":\"hi\",\"metadata\":{\"a' OR 1=1 --\":1}}]}", "validation", "/turns/0/metadata/a' OR 1=1 -- metadataKey")]
    [InlineData("{\"turns\":[{\"role\":\"user\",\"content\":\"hi\",\"metadata\":{\"a\":{\"$gt\":1}}}]}", "validation", "/turns/0/metadata/a type")]
    [InlineData("{\"turns\":[{\"role\":\"user\",\"content\":\"hi\",\"metadata\":{\"a\":null}}]}", "validation", "/turns/0/metadata/a type")]
    [InlineData("{\"turns\":[{\"role\":\"user\",\"content\":\"hi\",\"metadata\":[]}]}", "validation", "/turns/0/metadata type")]
    public async Task Append_BrokenRule_NamesItAndReachesNobody(string body, string type, string fault)
    {
        using HttpResponseMessage response = await _host.PostAsync(Turns, body);

        string[] faults = await ProblemDocument.ReadFaultsAsync(response, 400, type);
        faults.ShouldBe([fault]);
        AssertNothingWasReached();
    }

    [Fact]
    public async Task Append_ManyBrokenRules_NamesEachAtOnce()
    {
        const string Body = """
            {"user":"a b","color":1,"turns":[
              {"role":"user","content":"fine"},
              {"role":"robot","content":"","at":"noon","id":"x y","metadata":{"bad key":1,"ok":[]}},
              {"content":7}]}
            """;

        using HttpResponseMessage response = await _host.PostAsync("/memory/sessions/a%20b/turns?dry=1", Body);

        string[] faults = await ProblemDocument.ReadFaultsAsync(response, 400, "validation");
        faults.ShouldBe(
            [
                "/sessionId id", "/dry unknown", "/color unknown", "/user id", "/turns/1/role enum", "/turns/1/content length", "/turns/1/at time",
                "/turns/1/id turnId", "/turns/1/metadata/bad key metadataKey", "/turns/1/metadata/ok type", "/turns/2/role required",
                "/turns/2/content type",
            ],
            ignoreOrder: true);
        AssertNothingWasReached();
    }

    [Theory]
    [InlineData("..%2Fx")]
    [InlineData("a%20b")]
    [InlineData("a%00b")]
    [InlineData("a%0A")]
    public async Task Append_BadSessionId_IsRefused(string sessionId)
    {
        using HttpResponseMessage response = await _host.PostAsync($"/memory/sessions/{sessionId}/turns", """{"turns":[{"role":"user","content":"hi"}]}""");

        ((int)response.StatusCode).ShouldBeOneOf(400, 404);
        AssertNothingWasReached();
    }

    [Theory]
    [InlineData(100, HttpStatusCode.OK)]
    [InlineData(101, HttpStatusCode.BadRequest)]
    public async Task Append_SessionIdOfLength_IsBoundedAt100(int length, HttpStatusCode expected)
    {
        using HttpResponseMessage response =
            await _host.PostAsync($"/memory/sessions/{new string('a', length)}/turns", """{"turns":[{"role":"user","content":"hi"}]}""");

        response.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task Append_InvalidUtf8_IsRefused()
    {
        byte[] body = [.. "{\"turns\":[{\"role\":\"user\",\"content\":\""u8, 0xC3, 0x28, .. "\"}]}"u8];

        using HttpResponseMessage response = await _host.PostAsync(Turns, body);

        (await ProblemDocument.ReadFaultsAsync(response, 400, "malformed-body")).ShouldBe([" utf8"]);
        AssertNothingWasReached();
    }

    [Fact]
    public async Task Append_DeepNesting_IsRefused()
    {
        string body = $$"""{"turns":{{new string('[', 5000)}}{{new string(']', 5000)}}}""";

        using HttpResponseMessage response = await _host.PostAsync(Turns, body);

        (await ProblemDocument.ReadFaultsAsync(response, 400, "malformed-body")).ShouldBe([" json"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Append_GiantBody_IsRefusedWith413(bool hasLength)
    {
        byte[] body = Encoding.UTF8.GetBytes($$"""{"turns":[{"role":"user","content":"{{new string('a', BodyReader.MaxBytes)}}"}]}""");
        using var content = new StreamContent(new MemoryStream(body));
        content.Headers.ContentType = new("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, Turns) { Content = content };
        request.Headers.TransferEncodingChunked = !hasLength;

        using HttpResponseMessage response = await _host.Client.SendAsync(request);

        await ProblemDocument.ReadFaultsAsync(response, 413, "body-too-large");
        AssertNothingWasReached();
    }

    [Fact]
    public async Task Append_GiantBodyOfAClientThatStillWrites_TakesNoConnectionAway()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_host.Client.BaseAddress!.Host, _host.Client.BaseAddress.Port);
        await using NetworkStream stream = client.GetStream();
        using var reader = new StreamReader(stream);
        string head = $"POST {Turns} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {2 * BodyReader.MaxBytes}\r\n\r\n";

        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        string? refused = await reader.ReadLineAsync();
        await stream.WriteAsync(new byte[2 * BodyReader.MaxBytes]);
        await stream.WriteAsync("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8.ToArray());
        string rest = await reader.ReadToEndAsync();

        refused.ShouldBe("HTTP/1.1 413 Payload Too Large");
        rest.ShouldContain("HTTP/1.1 200 OK");
    }

    [Fact]
    public async Task Append_ManyFaults_AreBounded()
    {
        string body = $$"""{"turns":[{{string.Join(',', Enumerable.Repeat("7", 900))}}]}""";

        using HttpResponseMessage response = await _host.PostAsync(Turns, body);

        (await ProblemDocument.ReadFaultsAsync(response, 400, "validation")).Length.ShouldBe(JsonBinder.MaxFaults);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Append_OtherMediaType_IsRefusedWith415(string type)
    {
        using HttpResponseMessage response = await _host.PostAsync(Turns, "{}"u8.ToArray(), type);

        await ProblemDocument.ReadFaultsAsync(response, 415, "unsupported-media-type");
    }

    [Theory]
    [InlineData("PUT", "/memory/recall", 405, "method-not-allowed")]
    [InlineData("GET", "/memory/recall", 405, "method-not-allowed")]
    [InlineData("GET", "/memory/nothing", 404, "unknown-route")]
    [InlineData("GET", "/memory/sessions/../secrets", 404, "unknown-route")]
    [InlineData("GET", "/nothing", 404, "unknown-route")]
    public async Task Request_UnknownRouteOrMethod_GetsAProblem(string method, string path, int status, string type)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using HttpResponseMessage response = await _host.Client.SendAsync(request);

        await ProblemDocument.ReadFaultsAsync(response, status, type);
    }

    [Fact]
    public async Task Append_BadInput_LeavesNoTextInTheLog()
    {
        using HttpResponseMessage response = await _host.PostAsync(Turns, """{"turns":[{"role":"user","content":"xyzzy-secret","at":"xyzzy-time"}],"user":"xyzzy user"}""");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).ShouldNotContain("xyzzy");
        _host.Logs.Lines.ShouldNotContain(line => line.Contains("xyzzy", StringComparison.Ordinal));
    }

    private void AssertNothingWasReached()
    {
        _host.Worker.Calls.ShouldBeEmpty();
        _host.Store.ReceivedCalls().ShouldBeEmpty();
    }
}

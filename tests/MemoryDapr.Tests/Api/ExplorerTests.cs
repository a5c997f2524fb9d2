using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using MemoryDapr.Stores;
using MemoryDapr.Tests.Stores;
using MemoryDapr.Types;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Api;

public sealed partial class ExplorerTests
{
    private const string Markup = "<script>alert(1)</script><img src=x onerror=alert(2)>";

    [Fact]
    public async Task Page_WithoutAKeyWhereKeysAreNeeded_IsServedUnderAStrictPolicy()
    {
        await using ApiHost host = await ApiHost.StartAsync(
            null, ("Api:Keys:0:Key", "a-key-that-is-long-enough"), ("Api:Keys:0:Tenant", "acme"));

        using HttpResponseMessage response = await host.Client.GetAsync(new Uri("/", UriKind.Relative));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType?.ToString().ShouldBe("text/html; charset=utf-8");
        string policy = response.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("script-src 'self'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe");
        policy.ShouldNotContain("http");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.CacheControl!.NoCache.ShouldBeTrue();
    }

    [Fact]
    public async Task Page_ItsMarkup_HoldsNothingInlineAndNamesOnlyFilesThatAreServed()
    {
        await using ApiHost host = await ApiHost.StartAsync();

        string page = await host.Client.GetStringAsync(new Uri("/", UriKind.Relative));

        InlineCode().IsMatch(page).ShouldBeFalse();
        string[] files = [.. Reference().Matches(page).Select(match => match.Groups[1].Value)];
        files.Length.ShouldBe(3);
        foreach (string file in files)
        {
            using HttpResponseMessage response = await host.Client.GetAsync(new Uri(file, UriKind.Relative));
            response.StatusCode.ShouldBe(HttpStatusCode.OK, file);
        }
    }

    [Theory]
    [InlineData("explorer.css", "text/css; charset=utf-8")]
    [InlineData("main.js", "text/javascript; charset=utf-8")]
    [InlineData("icon.svg", "image/svg+xml")]
    public async Task Asset_AskedForAgain_IsNotModified(string name, string type)
    {
        await using ApiHost host = await ApiHost.StartAsync();

        using HttpResponseMessage first = await host.Client.GetAsync(new Uri($"/explorer/{name}", UriKind.Relative));
        using var again = new HttpRequestMessage(HttpMethod.Get, $"/explorer/{name}");
        again.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(first.Headers.ETag!.Tag));
        using HttpResponseMessage second = await host.Client.SendAsync(again);

        first.Content.Headers.ContentType?.ToString().ShouldBe(type);
        first.Headers.Contains("Content-Security-Policy").ShouldBeTrue();
        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task Scripts_TheirCode_MakesNoMarkupOfTextAndCallsNoOtherHost()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        var open = new Queue<string>(["main.js"]);
        var seen = new HashSet<string>(open);
        while (open.TryDequeue(out string? name))
        {
            string script = await host.Client.GetStringAsync(new Uri($"/explorer/{name}", UriKind.Relative));
            MarkupFromText().IsMatch(script).ShouldBeFalse(name);
            script.ShouldNotContain("http:");
            script.ShouldNotContain("https:");
            script.ShouldNotContain("Storage");
            foreach (string imported in Import().Matches(script).Select(match => match.Groups[1].Value).Where(seen.Add))
            {
                open.Enqueue(imported);
            }
        }

        seen.Count.ShouldBeGreaterThan(5);
    }

    [Theory]
    [InlineData("/explorer/unknown.js")]
    [InlineData("/explorer/index.html")]
    [InlineData("/explorer/../appsettings.json")]
    [InlineData("/explorer/%2e%2e/appsettings.json")]
    public async Task Asset_ThatDoesNotExist_IsAProblem(string path)
    {
        await using ApiHost host = await ApiHost.StartAsync();

        using HttpResponseMessage response = await host.Client.GetAsync(new Uri(path, UriKind.Relative));

        (await ProblemDocument.ReadFaultsAsync(response, 404, "unknown-route")).ShouldBeEmpty();
    }

    [Fact]
    public async Task StoredMarkup_InAnyAnswer_IsOnlyEscapedData()
    {
        await using var store = new TemporaryStore();
        await using ApiHost host = await ApiHost.StartAsync(store.Store);
        Scope scope = new("default", "default");
        await store.Store.ApplyAsync(
            new StoreBatch { Scope = scope, Items = [Memories.Turn(0, Markup, scope: scope)] }, CancellationToken.None);

        using HttpResponseMessage list = await host.Client.GetAsync(new Uri("/memory/items", UriKind.Relative));
        using HttpResponseMessage recall = await host.PostAsync("/memory/recall", """{"query":"script alert"}""");

        foreach (HttpResponseMessage response in new[] { list, recall })
        {
            string body = await response.Content.ReadAsStringAsync();
            response.Content.Headers.ContentType?.MediaType.ShouldBe("application/json");
            body.ShouldContain("alert(1)");
            using var json = System.Text.Json.JsonDocument.Parse(body);
            json.RootElement.GetProperty("items")[0].GetProperty("text").GetString().ShouldBe(Markup);
        }
    }

    [GeneratedRegex(@"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"<(?:link|script)[^>]*(?:href|src)=""([^""]+)""")]
    private static partial Regex Reference();

    [GeneratedRegex(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|DOMParser|createContextualFragment|\beval\b|new Function")]
    private static partial Regex MarkupFromText();

    [GeneratedRegex(@"from '\./([a-z]+\.js)'")]
    private static partial Regex Import();
}

using System.Text;
using Dapr;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace EmbeddedDapr.Tests.PubSub;

public sealed class CloudEventsMiddlewareTests
{
    [Theory]
    [InlineData("""{"data":{"a":1}}""", "application/json", """{"a":1}""")]
    [InlineData("""{"data":{"a":1},"datacontenttype":"application/x+json"}""", "application/x+json", """{"a":1}""")]
    [InlineData("""{"Data":[1],"DataContentType":"application/json; charset=utf-16"}""", "application/json", "[1]")]
    [InlineData("""{"data":"say \"hi\"","datacontenttype":"text/plain"}""", "text/plain", "say \"hi\"")]
    [InlineData("""{"data":"text"}""", "application/json", "\"text\"")]
    [InlineData("""{"data":7,"datacontenttype":"text/plain"}""", "text/plain", "7")]
    [InlineData("""{"data_base64":"YWI=","datacontenttype":"application/octet-stream"}""", "application/octet-stream", "ab")]
    [InlineData("""{"id":"x"}""", "", "")]
    public async Task UseCloudEvents_StructuredEvent_LeavesItsData(string envelope, string contentType, string body) =>
        (await PostAsync(envelope)).ShouldBe((200, $"{contentType}|{body.Length}|{body}|"));

    [Fact]
    public async Task UseCloudEvents_DataAndBinaryData_IsABadRequest() =>
        (await PostAsync("""{"data":1,"data_base64":"YWI="}""")).Status.ShouldBe(400);

    [Fact]
    public async Task UseCloudEvents_AnotherContentType_PassesUntouched() =>
        (await PostAsync("""{"data":1}""", "application/json")).Body.ShouldBe("""application/json|10|{"data":1}|""");

    [Fact]
    public async Task UseCloudEvents_CharsetOfTheEnvelope_IsRead() =>
        (await PostAsync("""{"data":"ä"}""", "application/cloudevents+json; charset=utf-16", Encoding.Unicode)).Body
            .ShouldEndWith("|\"\\u00E4\"|");

    [Fact]
    public async Task UseCloudEvents_TextDecodingSuppressed_KeepsTheJsonString() =>
        (await PostAsync(
            """{"data":"x","datacontenttype":"text/plain"}""",
            options: new CloudEventsMiddlewareOptions { SuppressJsonDecodingOfTextPayloads = true })).Body.ShouldBe("text/plain|3|\"x\"|");

    [Theory]
    [InlineData(null, null, "Cloudevent.id=i,Cloudevent.type=t")]
    [InlineData("type", null, "Cloudevent.type=t")]
    [InlineData(null, "TYPE", "Cloudevent.id=i")]
    public async Task UseCloudEvents_PropertiesForwarded_AreHeaders(string? included, string? excluded, string headers) =>
        (await PostAsync(
            """{"id":"i","type":"t","data":1,"traceparent":"p","pubsubname":"n","datacontenttype":"application/json"}""",
            options: new CloudEventsMiddlewareOptions
            {
                ForwardCloudEventPropertiesAsHeaders = true,
                IncludedCloudEventPropertiesAsHeaders = included is null ? null : [included],
                ExcludedCloudEventPropertiesFromHeaders = excluded is null ? null : [excluded],
            })).Body.ShouldEndWith("|1|" + headers);

    private static async Task<(int Status, string Body)> PostAsync(
        string envelope, string contentType = "application/cloudevents+json", Encoding? encoding = null, CloudEventsMiddlewareOptions? options = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using WebApplication app = builder.Build();
        if (options is null)
        {
            app.UseCloudEvents();
        }
        else
        {
            app.UseCloudEvents(options);
        }

        app.Run(async context =>
        {
            HttpRequest request = context.Request;
            using StreamReader reader = new(request.Body);
            string body = await reader.ReadToEndAsync();
            IEnumerable<string> headers = request.Headers
                .Where(header => header.Key.StartsWith("Cloudevent.", StringComparison.OrdinalIgnoreCase))
                .OrderBy(header => header.Key, StringComparer.Ordinal)
                .Select(header => $"{header.Key}={header.Value}");
            await context.Response.WriteAsync($"{request.ContentType}|{request.ContentLength}|{body}|{string.Join(',', headers)}");
        });
        await app.StartAsync();
        using HttpClient client = new() { BaseAddress = new Uri(app.Urls.Single()) };
        using ByteArrayContent content = new((encoding ?? Encoding.UTF8).GetBytes(envelope));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using HttpResponseMessage response = await client.PostAsync("/", content);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}

using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Dapr;
using EmbeddedDapr.PubSub;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace EmbeddedDapr.Tests.PubSub;

public sealed class EnvelopeWriterTests
{
    private static readonly EnvelopeWriter Writer =
        new("memory-api", new FakeTimeProvider(new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero)));

    [Fact]
    public void Write_Json_HasDaprsAttributes()
    {
        JsonElement envelope = Write("""{"a":"ä"}""", "application/json");

        Guid.TryParse(envelope.GetProperty("id").GetString(), out _).ShouldBeTrue();
        envelope.GetProperty("source").GetString().ShouldBe("memory-api");
        envelope.GetProperty("type").GetString().ShouldBe("com.dapr.event.sent");
        envelope.GetProperty("specversion").GetString().ShouldBe("1.0");
        envelope.GetProperty("datacontenttype").GetString().ShouldBe("application/json");
        envelope.GetProperty("topic").GetString().ShouldBe("turns");
        envelope.GetProperty("pubsubname").GetString().ShouldBe("memory-pubsub");
        envelope.GetProperty("time").GetString().ShouldBe("2026-05-04T12:00:00Z");
        envelope.GetProperty("data").GetProperty("a").GetString().ShouldBe("ä");
        envelope.TryGetProperty("expiration", out _).ShouldBeFalse();
    }

    [Fact]
    public void Write_Metadata_OverridesIdSourceTypeAndTrace()
    {
        JsonElement envelope = Write("1", "application/json", new()
        {
            ["cloudevent.id"] = "i", ["cloudevent.source"] = "s", ["cloudevent.type"] = "t", ["cloudevent.traceparent"] = "p",
        });

        envelope.GetProperty("id").GetString().ShouldBe("i");
        envelope.GetProperty("source").GetString().ShouldBe("s");
        envelope.GetProperty("type").GetString().ShouldBe("t");
        envelope.GetProperty("traceparent").GetString().ShouldBe("p");
        envelope.GetProperty("traceid").GetString().ShouldBe("p");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData(null)]
    public void Write_Text_IsAString(string? contentType)
    {
        JsonElement envelope = Write("plain \"text\"", contentType);

        envelope.GetProperty("datacontenttype").GetString().ShouldBe("text/plain");
        envelope.GetProperty("data").GetString().ShouldBe("plain \"text\"");
    }

    [Theory]
    [InlineData("{\"a\":")]
    [InlineData("{} {}")]
    [InlineData("")]
    public void Write_DeclaredJsonIsNone_IsAString(string data) =>
        Write(data, "application/json").GetProperty("data").GetString().ShouldBe(data);

    [Fact]
    public void Write_JsonSuffix_IsJson() =>
        Write("[1]", "application/vnd.x+json; charset=utf-8").GetProperty("data")[0].GetInt32().ShouldBe(1);

    [Fact]
    public void Write_Binary_IsBase64()
    {
        JsonElement envelope = Write("ab", "application/octet-stream");

        envelope.GetProperty("data_base64").GetBytesFromBase64().ShouldBe("ab"u8.ToArray());
        envelope.TryGetProperty("data", out _).ShouldBeFalse();
    }

    [Fact]
    public void Write_CloudEvent_IsTheEnvelopeItself()
    {
        JsonElement envelope = Write(
            """{"id":"mine","type":"my.type","data":{"n":1},"topic":"forged","extra":"kept","source":null}""", "application/cloudevents+json");

        envelope.GetProperty("id").GetString().ShouldBe("mine");
        envelope.GetProperty("type").GetString().ShouldBe("my.type");
        envelope.GetProperty("extra").GetString().ShouldBe("kept");
        envelope.GetProperty("topic").GetString().ShouldBe("turns");
        envelope.GetProperty("source").GetString().ShouldBe("memory-api");
        envelope.GetProperty("specversion").GetString().ShouldBe("1.0");
        envelope.GetProperty("data").GetProperty("n").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[1]")]
    public void Write_DeclaredCloudEventIsNone_Throws(string data) =>
        Should.Throw<DaprException>(() => Write(data, "application/cloudevents+json")).Message.ShouldContain("cloudevents");

    [Fact]
    public void Write_TimeToLive_SetsTheExpiration() =>
        Write("1", "application/json", new() { ["ttlInSeconds"] = "90" })
            .GetProperty("expiration").GetString().ShouldBe("2026-05-04T12:01:30Z");

    [Theory]
    [InlineData("soon")]
    [InlineData("0")]
    [InlineData("-5")]
    public void Write_TimeToLiveIsNoNumberAboveZero_Throws(string seconds) =>
        Should.Throw<DaprException>(() => Write("1", "application/json", new() { ["ttlInSeconds"] = seconds })).Message.ShouldContain(seconds);

    [Fact]
    public void Write_WithinATrace_CarriesIt()
    {
        using Activity activity = new Activity("publisher").SetIdFormat(ActivityIdFormat.W3C).Start();

        Write("1", "application/json").GetProperty("traceparent").GetString().ShouldBe(activity.Id);
    }

    private static JsonElement Write(string data, string? contentType, Dictionary<string, string>? metadata = null)
    {
        byte[] envelope = Writer.Write("memory-pubsub", "turns", new EventMessage(Encoding.UTF8.GetBytes(data), contentType, metadata));
        using JsonDocument document = JsonDocument.Parse(envelope);
        return document.RootElement.Clone();
    }
}

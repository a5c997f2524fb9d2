using System.Text.Json;
using Dapr;
using Dapr.AspNetCore;
using Shouldly;
using Xunit;

namespace EmbeddedDapr.Tests.PubSub;

public sealed class SdkTypesTests
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    [Fact]
    public void BulkSubscribeMessage_DaprsBody_IsRead()
    {
        BulkSubscribeMessage<BulkMessageModel<int[]>>? message = JsonSerializer.Deserialize<BulkSubscribeMessage<BulkMessageModel<int[]>>>(
            """
            {"id":"b","topic":"t","pubsubname":"p","type":"com.dapr.event.sent.bulk","metadata":{"k":"v"},"entries":[
              {"entryId":"1","contentType":"application/cloudevents+json","metadata":null,"event":
                {"id":"e","source":"s","type":"t","specversion":"1.0","datacontenttype":"application/json","data":[7]}}]}
            """,
            Web);

        message!.Topic.ShouldBe("t");
        message.Metadata["k"].ShouldBe("v");
        BulkSubscribeMessageEntry<BulkMessageModel<int[]>> entry = message.Entries.Single();
        entry.EntryId.ShouldBe("1");
        entry.ContentType.ShouldBe("application/cloudevents+json");
        entry.Event.Id.ShouldBe("e");
        entry.Event.Datacontenttype.ShouldBe("application/json");
        entry.Event.Data.ShouldBe([7]);
    }

    [Fact]
    public void BulkSubscribeAppResponse_Serialized_IsWhatDaprReads() =>
        JsonSerializer.Serialize(
            new BulkSubscribeAppResponse(
            [
                new("1", BulkSubscribeAppResponseStatus.SUCCESS), new("2", BulkSubscribeAppResponseStatus.RETRY),
                new("3", BulkSubscribeAppResponseStatus.DROP),
            ]),
            Web).ShouldBe("""
            {"statuses":[{"entryId":"1","status":"SUCCESS"},{"entryId":"2","status":"RETRY"},{"entryId":"3","status":"DROP"}]}
            """);

    [Fact]
    public void CloudEvent_Serialized_IsAnEnvelope() =>
        JsonSerializer.Serialize(new CloudEvent<int>(7) { Source = new Uri("urn:x"), Type = "t", Subject = "s" }, Web)
            .ShouldBe("""{"data":7,"datacontenttype":"application/json","source":"urn:x","type":"t","subject":"s"}""");
}

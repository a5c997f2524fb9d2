using MemoryDapr.Models;
using MemoryDapr.Stores;
using MemoryDapr.TestKit;
using MemoryDapr.Tests.Distill;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Models;

public sealed class OpenAIModelsTests
{
    private static readonly ChatRequest Request = new("extract", "Be brief.", "[0] hello", BinaryData.FromString("""{"type":"object"}"""));

    public static TheoryData<string, ScriptedReply> Failures { get; } = new()
    {
        { "status-429", ScriptedReply.Error(429) },
        { "status-500", ScriptedReply.Error(500) },
        { "status-503", ScriptedReply.Error(503) },
        { "status-401", ScriptedReply.Error(401) },
        { "garbage", ScriptedReply.Garbage("<html>welcome</html>") },
        { "garbage", ScriptedReply.Garbage("") },
        // The sidecar answers for an endpoint that broke off.
        { "status-500", ScriptedReply.Truncated() },
        { "timeout", ScriptedReply.Never() },
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task Ask_NoAnswerNow_ThrowsWithTheReasonAfterOneCall(string reason, ScriptedReply reply)
    {
        await using ScriptedModelServer models = await ScriptedModelServer.StartAsync();
        models.OnChat = _ => reply;
        await using WorkerHost host = await WorkerHost.StartAsync(models);

        ModelUnavailableException exception = await Should.ThrowAsync<ModelUnavailableException>(
            () => host.Get<IChatModel>().AskAsync(Request with { Deadline = TimeSpan.FromSeconds(2) }, CancellationToken.None));

        exception.Reason.ShouldBe(reason);
        models.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Ask_FaultOfTheRequestOrCutAnswer_IsNoAnswer()
    {
        await using ScriptedModelServer models = await ScriptedModelServer.StartAsync();
        await using WorkerHost host = await WorkerHost.StartAsync(models);

        models.OnChat = _ => ScriptedReply.Error(400);
        (await host.Get<IChatModel>().AskAsync(Request, CancellationToken.None)).ShouldBeNull();
        models.OnChat = _ => ScriptedReply.Content("{\"episodes\":[", finishReason: "length");
        (await host.Get<IChatModel>().AskAsync(Request, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Ask_Answered_SendsTheStrictSchemaAndNoKeyOfItsOwn()
    {
        await using ScriptedModelServer models = await ScriptedModelServer.StartAsync();
        models.OnChat = _ => ScriptedReply.Content("{}");
        await using WorkerHost host = await WorkerHost.StartAsync(models);

        (await host.Get<IChatModel>().AskAsync(Request, CancellationToken.None)).ShouldBe("{}");

        ScriptedCall call = models.Calls.ShouldHaveSingleItem();
        call.Model.ShouldBe("scripted-chat");
        call.Format.GetProperty("json_schema").GetProperty("strict").GetBoolean().ShouldBeTrue();
        call.Authorization.ShouldBe("Bearer endpoint-key");
    }

    [Fact]
    public async Task Embed_ManyTexts_ReturnsUnitVectorsInOrder()
    {
        await using ScriptedModelServer models = await ScriptedModelServer.StartAsync();
        models.OnEmbed = text => [text.Length, 1];
        await using WorkerHost host = await WorkerHost.StartAsync(models, ("Models:EmbeddingModel", "scripted-embedding"));
        string[] texts = [.. Enumerable.Range(1, 300).Select(length => new string('x', length))];

        IReadOnlyList<IReadOnlyList<float>> vectors = await host.Get<IEmbedder>().EmbedAsync(texts, CancellationToken.None);

        vectors.Count.ShouldBe(300);
        vectors.ShouldAllBe(vector => Math.Abs((vector[0] * vector[0]) + (vector[1] * vector[1]) - 1) < 1e-5);
        vectors.Select(vector => (int)Math.Round(vector[0] / vector[1])).ShouldBe(Enumerable.Range(1, 300));
    }

    [Fact]
    public async Task Similarity_OtherNamesOrNumbers_IsNotTheSame()
    {
        await using WorkerHost host = await WorkerHost.StartAsync();
        var similarity = host.Get<ITextSimilarity>();

        similarity.Between("Ann bought 2 red cars.", "Ann buys 2 red cars!").ShouldBeGreaterThan(0.88);
        similarity.Between("Ann bought 2 red cars.", "Bob bought 2 red cars.").ShouldBeLessThan(0.6);
        similarity.Between("Ann bought 2 red cars.", "Ann bought 3 red cars.").ShouldBeLessThan(0.6);
        similarity.Between("She left yesterday (7 May 2023).", "She left yesterday (9 May 2023).").ShouldBe(1, 0.001);
    }
}

using System.Runtime.CompilerServices;
using System.Text.Json;
using MemoryDapr.Distill;
using MemoryDapr.Promote;
using MemoryDapr.Salience;
using MemoryDapr.Stores;
using MemoryDapr.Tests.Stores;
using MemoryDapr.Types;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Api;

public sealed class OpenApiTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly Scope Anna = new("default", "anna");

    [Fact]
    public async Task Document_OfThisBuild_IsTheRecordedOne()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        string actual = Normalize(await host.Client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        string recorded = RecordedPath();
        string expected = File.Exists(recorded) ? await File.ReadAllTextAsync(recorded) : "";
        if (actual != expected)
        {
            await File.WriteAllTextAsync(Path.Combine(AppContext.BaseDirectory, "openapi.v1.json"), actual);
        }

        (actual == expected).ShouldBeTrue($"The contract changed. If that only adds: copy {AppContext.BaseDirectory}openapi.v1.json over {recorded}.");
    }

    [Theory]
    [InlineData("/docs", 200)]
    [InlineData("/docs/", 200)]
    [InlineData("/DOCS/index.html", 200)]
    [InlineData("/docsy/index.html", 404)]
    public async Task Docs_TheirPage_IsBelowTheirPathAlone(string path, int status)
    {
        await using ApiHost host = await ApiHost.StartAsync();

        // A redirect to the page is followed.
        using HttpResponseMessage response = await host.Client.GetAsync(new Uri(path, UriKind.Relative));

        ((int)response.StatusCode).ShouldBe(status);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(status == 200 ? "text/html" : "application/problem+json");
    }

    [Fact]
    public async Task Document_EveryRequestExample_IsAccepted()
    {
        await using TemporaryStore store = new();
        await using ApiHost host = await ApiHost.StartAsync(store.Store);
        MemoryItem item = Memories.Turn(0, "We adopted a puppy.", scope: Anna);
        await store.Store.ApplyAsync(new StoreBatch { Scope = Anna, Items = [item] }, CancellationToken.None);
        AnswerAll(host.Worker, item);
        using JsonDocument document = JsonDocument.Parse(await host.Client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));

        int sent = 0;
        foreach (JsonProperty path in document.RootElement.GetProperty("paths").EnumerateObject())
        {
            foreach (JsonProperty operation in path.Value.EnumerateObject().Where(operation => operation.Value.TryGetProperty("requestBody", out _)))
            {
                JsonProperty body = operation.Value.GetProperty("requestBody").GetProperty("content").EnumerateObject().Single();
                using var request = new HttpRequestMessage(new HttpMethod(operation.Name), path.Name.Replace("{sessionId}", "s1", StringComparison.Ordinal).Replace("{id}", item.Id, StringComparison.Ordinal));
                JsonElement example = body.Value.GetProperty("example");
                string text = example.ValueKind == JsonValueKind.String ? example.GetString()! : example.GetRawText();
                request.Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = new(body.Name) } };
                request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");

                using HttpResponseMessage response = await host.Client.SendAsync(request);

                response.IsSuccessStatusCode.ShouldBeTrue($"{operation.Name} {path.Name}: {await response.Content.ReadAsStringAsync()}");
                operation.Value.GetProperty("responses").TryGetProperty(((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture), out _).ShouldBeTrue();
                sent++;
            }
        }

        sent.ShouldBe(9);
    }

    [Fact]
    public async Task Document_EveryAnswer_HasAnExample()
    {
        await using ApiHost host = await ApiHost.StartAsync();
        using JsonDocument document = JsonDocument.Parse(await host.Client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));

        JsonElement[] operations = [.. document.RootElement.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Select(operation => operation.Value)];

        operations.Length.ShouldBe(22);
        operations.SelectMany(operation => operation.GetProperty("responses").EnumerateObject())
            .SelectMany(response => response.Value.GetProperty("content").EnumerateObject())
            .ShouldAllBe(content => content.Value.GetProperty("example").ValueKind != JsonValueKind.Null);
    }

    private static void AnswerAll(RecordingWorker worker, MemoryItem item)
    {
        PipelineRecord pipeline = new()
        {
            Id = "distill-1", Scope = Anna, Kind = PipelineKind.Distill, Status = PipelineStatus.Queued, CreatedAt = Memories.Start, UpdatedAt = Memories.Start,
        };
        worker.On<DistillRequest, PipelineRecord>(WorkerRoutes.Distill, _ => pipeline);
        worker.On<PromoteRequest, PipelineRecord>(WorkerRoutes.Promote, _ => pipeline);
        worker.On<CitationRequest, AcceptedCitations>(WorkerRoutes.Citations, request => new AcceptedCitations(request.Citations.Count));
        worker.On<DocumentBatch, MemoryItem[]>(WorkerRoutes.Documents, _ => Array.Empty<MemoryItem>());
        worker.On<ItemEdit, MemoryItem>(WorkerRoutes.EditItem, edit => item with { Version = edit.ExpectedVersion + 1 });
        worker.On<ImportBatch, ImportOutcome>(WorkerRoutes.Import, batch => new ImportOutcome(batch.Items.Count, 0, 0, 0));
    }

    private static string Normalize(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document.RootElement, Indented) + "\n";
    }

    private static string RecordedPath([CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, "openapi.v1.json");
}

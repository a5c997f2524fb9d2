using System.Text.Json;

namespace EmbeddedDapr.Tests.PubSub;

/// <summary>A request that the subscribing app received.</summary>
internal sealed record Delivery(string Path, string? ContentType, string? TraceParent, JsonElement Body)
{
    public string Id => Body.GetProperty("id").GetString()!;

    public IReadOnlyList<JsonElement> Entries => [.. Body.GetProperty("entries").EnumerateArray()];

    public IReadOnlyList<string> EventIds => [.. Entries.Select(entry => entry.GetProperty("event").GetProperty("id").GetString()!)];

    /// <summary>An answer for each entry of a bulk.</summary>
    public (int Status, string Body) Answer(Func<string, string?> statusOfEvent)
    {
        var statuses = Entries
            .Select(entry => (
                EntryId: entry.GetProperty("entryId").GetString(),
                Status: statusOfEvent(entry.GetProperty("event").GetProperty("id").GetString()!)))
            .Where(answer => answer.Status is not null)
            .Select(answer => new { entryId = answer.EntryId, status = answer.Status });
        return (200, JsonSerializer.Serialize(new { statuses }));
    }
}

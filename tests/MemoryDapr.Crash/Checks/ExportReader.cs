using System.Net;
using System.Text;
using System.Text.Json;
using MemoryDapr.Crash.Server;

namespace MemoryDapr.Crash.Checks;

/// <summary>Reads a user's whole export.</summary>
internal static class ExportReader
{
    public static async Task<string> ReadAsync(MemoryClient client, string user, CancellationToken cancellationToken)
    {
        var export = new StringBuilder();
        string? cursor = null;
        do
        {
            string next = cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
            Reply reply = await client.SendAsync(
                HttpMethod.Get, $"/memory/export?user={user}&limit=100{next}", null, [HttpStatusCode.OK], cancellationToken);
            export.Append(reply.Text);
            string last = reply.Text.TrimEnd('\n');
            using var end = JsonDocument.Parse(last[(last.LastIndexOf('\n') + 1)..]);
            cursor = end.RootElement.TryGetProperty("nextCursor", out JsonElement value) ? value.GetString() : null;
        }
        while (cursor is not null);

        return export.ToString();
    }
}

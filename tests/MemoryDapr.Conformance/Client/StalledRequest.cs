using System.Globalization;
using System.Net;
using System.Text;

namespace MemoryDapr.Conformance.Client;

/// <summary>A request whose body begins and does not go on.</summary>
internal static class StalledRequest
{
    private const string EndOfHead = "\r\n\r\n";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Posts the beginning of a body and waits for the answer. HTTP/1.0: the answer ends with the connection.</summary>
    public static async Task<Answer> PostAsync(Uri url, string path, string key)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        await using Stream stream = await ClientAddress.ConnectAsync(url, patience.Token);
        string[] head =
        [
            $"POST {path} HTTP/1.0", $"Host: {url.Authority}", $"X-API-Key: {key}", "Content-Type: application/json", "Content-Length: 1000", "", "{",
        ];
        await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", head)), patience.Token);

        using var reader = new StreamReader(stream, Encoding.UTF8);
        string text = await reader.ReadToEndAsync(patience.Token);
        int end = text.IndexOf(EndOfHead, StringComparison.Ordinal);
        string[] lines = text[..end].Split("\r\n");
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines[1..])
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        var status = (HttpStatusCode)int.Parse(lines[0].Split(' ')[1], NumberStyles.None, CultureInfo.InvariantCulture);
        return new Answer($"POST {path}, stalled,", status, headers, text[(end + EndOfHead.Length)..]);
    }
}

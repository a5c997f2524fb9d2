using System.Text.Json;
using Shouldly;

namespace MemoryDapr.Tests.Api;

/// <summary>Reads problem documents.</summary>
internal static class ProblemDocument
{
    /// <summary>The broken rules as "pointer rule", in order.</summary>
    public static async Task<string[]> ReadFaultsAsync(HttpResponseMessage response, int status, string type)
    {
        string text = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(status, text);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        response.Headers.Contains("X-Request-ID").ShouldBeTrue();
        using JsonDocument json = JsonDocument.Parse(text);
        json.RootElement.GetProperty("type").GetString().ShouldBe($"urn:memorydapr:problem:{type}");
        json.RootElement.GetProperty("status").GetInt32().ShouldBe(status);
        return json.RootElement.TryGetProperty("errors", out JsonElement errors)
            ? [.. errors.EnumerateArray().Select(fault => $"{fault.GetProperty("pointer").GetString()} {fault.GetProperty("rule").GetString()}")]
            : [];
    }
}

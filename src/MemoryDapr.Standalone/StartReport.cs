namespace MemoryDapr.Standalone;

/// <summary>Says at start what is on, what is off, and how to turn it on.</summary>
internal static class StartReport
{
    public static async Task WriteAsync(TextWriter output, IConfiguration configuration, IReadOnlyList<Uri> urls)
    {
        bool hasKeys = configuration.GetSection("Api:Keys").GetChildren().Any();
        string? chat = configuration["Models:ChatModel"];
        string? embedding = configuration["Models:EmbeddingModel"];
        string data = configuration["Store:Directory"]!;
        string[] lines = [
            "",
            $"  MemoryDapr listens on {string.Join(", ", urls.Select(url => url.GetLeftPart(UriPartial.Authority)))}",
            "",
            $"  kept in      {data}",
            hasKeys
                ? "  API keys     on"
                : "  API keys     off: one tenant, 'default', and loopback only. On: Api__Keys__0__Key=... Api__Keys__0__Tenant=...",
            chat is { Length: > 0 }
                ? $"  chat model   {chat}, through the HTTP endpoint 'openai'"
                : "  chat model   off: rules distil. On: Models__ChatModel=<model>, OPENAI_AUTHORIZATION='Bearer ...'",
            embedding is { Length: > 0 }
                ? $"  embeddings   {embedding}"
                : "  embeddings   off: words and their context rank. On: Models__EmbeddingModel=<model>",
            configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 } collector
                ? $"  traces       to {collector}"
                : "  traces       off. On: OTEL_EXPORTER_OTLP_ENDPOINT=<collector>",
            "",
            $"  look at it   {urls[0].GetLeftPart(UriPartial.Authority)}/  (explorer)   /docs (API)   /health   /metrics",
            "",
        ];
        foreach (string line in lines)
        {
            await output.WriteLineAsync(line);
        }

        await output.FlushAsync();
    }
}

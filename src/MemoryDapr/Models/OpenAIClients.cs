using System.ClientModel;
using System.ClientModel.Primitives;
using Dapr.Client;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;

namespace MemoryDapr.Models;

/// <summary>
/// The one pooled OpenAI client of the process. It calls the HTTPEndpoint <c>openai</c> through the sidecar, which puts the key in and
/// applies timeout, retries and breaker; so the client itself has neither a key nor retries, and waits longer than they do together.
/// </summary>
internal sealed class OpenAIClients : IDisposable
{
    /// <summary>The name of the HTTPEndpoint.</summary>
    public const string Endpoint = "openai";

    private readonly HttpClient _http;
    private readonly OpenAIClient _client;

    public OpenAIClients(DaprClient dapr, ModelsOptions options)
    {
        _http = dapr.CreateInvokableHttpClient(Endpoint);
        // The deadline of each call is its cancellation token.
        _http.Timeout = Timeout.InfiniteTimeSpan;
        _client = new OpenAIClient(
            new ApiKeyCredential("set-by-the-endpoint"),
            new OpenAIClientOptions
            {
                Endpoint = new Uri($"http://{Endpoint}/v1"),
                Transport = new HttpClientPipelineTransport(_http),
                RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
                NetworkTimeout = options.Deadline + TimeSpan.FromSeconds(30),
            });
    }

    public ChatClient Chat(string model) => _client.GetChatClient(model);

    public EmbeddingClient Embeddings(string model) => _client.GetEmbeddingClient(model);

    public void Dispose() => _http.Dispose();
}

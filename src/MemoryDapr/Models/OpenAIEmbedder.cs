using System.Numerics.Tensors;
using OpenAI.Embeddings;

namespace MemoryDapr.Models;

/// <summary>An embedding model behind the OpenAI protocol.</summary>
internal sealed class OpenAIEmbedder(OpenAIClients clients, ModelCalls calls, ModelsOptions options) : IEmbedder
{
    private const int Batch = 128;
    private const int LongestText = 8000;

    private readonly EmbeddingClient _embeddings = clients.Embeddings(options.EmbeddingModel);

    public bool IsEnabled => true;

    public async Task<IReadOnlyList<float>> EmbedQueryAsync(string query, CancellationToken cancellationToken) =>
        (await RunAsync([options.EmbeddingQueryPrefix + Cut(query)], cancellationToken))[0];

    public async Task<IReadOnlyList<IReadOnlyList<float>>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var vectors = new List<IReadOnlyList<float>>(texts.Count);
        foreach (string[] batch in texts.Select(text => options.EmbeddingTextPrefix + Cut(text)).Chunk(Batch))
        {
            vectors.AddRange(await RunAsync(batch, cancellationToken));
        }

        return vectors;
    }

    private async Task<IReadOnlyList<IReadOnlyList<float>>> RunAsync(string[] batch, CancellationToken cancellationToken) =>
        await calls.RunAsync("embed", options.Deadline, token => EmbedBatchAsync(batch, token), cancellationToken)
            ?? throw new ModelUnavailableException("refused");

    private async Task<IReadOnlyList<IReadOnlyList<float>>> EmbedBatchAsync(string[] batch, CancellationToken cancellationToken)
    {
        OpenAIEmbeddingCollection answer = (await _embeddings.GenerateEmbeddingsAsync(
            batch,
            new EmbeddingGenerationOptions { Dimensions = options.EmbeddingDimensions },
            cancellationToken)).Value;
        ModelInstruments.CountTokens("embed", answer.Usage?.InputTokenCount ?? 0, 0);
        if (answer.Count != batch.Length)
        {
            throw new FormatException("The endpoint answered another number of embeddings than it was asked for.");
        }

        return [.. answer.OrderBy(embedding => embedding.Index).Select(embedding => Normalise(embedding.ToFloats().Span))];
    }

    private static float[] Normalise(ReadOnlySpan<float> values)
    {
        float norm = TensorPrimitives.Norm(values);
        var unit = new float[values.Length];
        TensorPrimitives.Divide(values, norm > 0 ? norm : 1, unit);
        return unit;
    }

    private static string Cut(string text) =>
        text.Length <= LongestText ? text : text[..(char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText)];
}

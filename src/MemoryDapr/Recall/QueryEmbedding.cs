using MemoryDapr.Models;
using Microsoft.Extensions.Logging;

namespace MemoryDapr.Recall;

/// <summary>
/// The question's vector, where an embedding model is configured. One that fails or takes too long leaves the words: a recall never
/// fails for it. Nothing is kept: equal questions are embedded again.
/// </summary>
internal sealed partial class QueryEmbedding(IEmbedder embedder, RecallOptions options, TimeProvider time, ILogger<QueryEmbedding> logger)
{
    /// <summary>Whether there is an embedding model.</summary>
    public bool IsEnabled => embedder.IsEnabled;

    /// <summary>The vector; null where there is none in time. Only where there is a model.</summary>
    public async Task<IReadOnlyList<float>?> EmbedAsync(string query, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.LongestEmbedding, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await embedder.EmbedQueryAsync(query, either.Token);
        }
        catch (Exception exception) when (
            exception is ModelUnavailableException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            LogWordsAlone(exception.GetType().Name);
            return null;
        }
    }
}

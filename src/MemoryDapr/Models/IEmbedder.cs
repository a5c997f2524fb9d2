namespace MemoryDapr.Models;

/// <summary>A model that turns texts into vectors.</summary>
internal interface IEmbedder
{
    /// <summary>Whether there is one. Without one, nothing may be embedded.</summary>
    bool IsEnabled { get; }

    /// <summary>The vector of a question, of length 1. Some models embed questions otherwise than the texts that answer them.</summary>
    /// <exception cref="ModelUnavailableException">No answer now: try again later.</exception>
    Task<IReadOnlyList<float>> EmbedQueryAsync(string query, CancellationToken cancellationToken);

    /// <summary>The vectors of the texts, in their order, each of length 1.</summary>
    /// <exception cref="ModelUnavailableException">No answer now: try again later.</exception>
    Task<IReadOnlyList<IReadOnlyList<float>>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken);
}

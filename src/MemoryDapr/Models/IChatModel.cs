namespace MemoryDapr.Models;

/// <summary>A chat model that answers in JSON.</summary>
internal interface IChatModel
{
    /// <summary>Whether there is one. Without one, nothing may be asked.</summary>
    bool IsEnabled { get; }

    /// <summary>Asks once.</summary>
    /// <returns>The answer's text, which may be anything; or null where the model refused or its answer was cut off, so that asking again is no use.</returns>
    /// <exception cref="ModelUnavailableException">No answer now: try again later.</exception>
    Task<string?> AskAsync(ChatRequest request, CancellationToken cancellationToken);
}

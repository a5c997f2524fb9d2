namespace MemoryDapr.Models;

/// <summary>No chat model is configured.</summary>
internal sealed class NoChatModel : IChatModel
{
    public bool IsEnabled => false;

    public Task<string?> AskAsync(ChatRequest request, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("No chat model is configured (Models:ChatModel).");
}

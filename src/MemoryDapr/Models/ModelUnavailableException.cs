namespace MemoryDapr.Models;

/// <summary>
/// A model gave no answer for a reason that lies outside of what it was asked: it is down, slow, over its limit, or refuses the key. Later
/// it may answer. The message names the reason and no text.
/// </summary>
internal sealed class ModelUnavailableException(string reason, Exception? inner = null)
    : Exception($"The model gave no answer: {reason}.", inner)
{
    /// <summary>Why, a short name: <c>status-429</c>, <c>timeout</c>, <c>network</c>, <c>garbage</c>.</summary>
    public string Reason { get; } = reason;
}

using MemoryDapr.Recall;

namespace MemoryDapr.Api.Recall;

/// <summary>What is known of the session that a recall names.</summary>
/// <param name="Owner">Whose it is; null if it is unknown.</param>
/// <param name="Window">Its window; null if there is none.</param>
/// <param name="IsDegraded">Whether the window could not be read.</param>
internal sealed record LiveSession(string? Owner, LiveWindow? Window, bool IsDegraded)
{
    public static LiveSession None { get; } = new(null, null, false);
}

namespace MemoryDapr.Api.Citations;

/// <summary>Citations were accepted; salience follows.</summary>
/// <param name="Accepted">How many.</param>
/// <param name="AnswerId">The answer they count for: the client's id, or the one that was given.</param>
internal sealed record CitationsAnswer(int Accepted, string AnswerId);

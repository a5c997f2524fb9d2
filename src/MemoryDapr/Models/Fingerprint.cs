namespace MemoryDapr.Models;

/// <summary>What of a text its likeness to others is computed from; none of its words.</summary>
/// <param name="Values">Its n-grams and words, counted by hash; of length 1, or all zeros.</param>
/// <param name="Numbers">Its numbers, hashed for this process, each once, ascending.</param>
/// <param name="Names">Its names, hashed for this process, each once, ascending.</param>
internal sealed record Fingerprint(float[] Values, int[] Numbers, int[] Names);

using System.Text.Json.Serialization;

namespace MemoryDapr.Types;

/// <summary>
/// What an internal call came to. Expected refusals are data (the call itself is a 200): a status that is not 2xx would count as a
/// failure of the callee in every retry policy and circuit breaker on the way.
/// </summary>
/// <typeparam name="T">What it gives when it succeeds.</typeparam>
public sealed record Outcome<T>
{
    /// <summary>The result; null when refused.</summary>
    public T? Value { get; init; }

    /// <summary>Why it was refused; null when it succeeded.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>Whether it succeeded.</summary>
    [JsonIgnore]
    public bool IsSuccess => Refusal is null;

    /// <summary>A success.</summary>
    public static implicit operator Outcome<T>(T value) => new() { Value = value };

    /// <summary>A refusal.</summary>
    public static implicit operator Outcome<T>(Refusal refusal) => new() { Refusal = refusal };
}

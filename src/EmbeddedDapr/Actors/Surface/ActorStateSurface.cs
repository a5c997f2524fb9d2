#nullable disable // As in the official package, which is not annotated here.

namespace Dapr.Actors.Runtime;

/// <summary>A value that may be missing.</summary>
public struct ConditionalValue<TValue>
{
    /// <summary>A value, or none.</summary>
    public ConditionalValue(bool hasValue, TValue value)
    {
        HasValue = hasValue;
        Value = value;
    }

    /// <summary>Whether there is a value.</summary>
    public bool HasValue { get; }

    /// <summary>The value; the type's default when there is none.</summary>
    public TValue Value { get; }
}

/// <summary>How a key leaves memory.</summary>
public class UnloadStateOptions
{
    /// <summary>Options with their defaults.</summary>
    public UnloadStateOptions()
    {
    }

    /// <summary>Whether a change that is not saved may be lost. Default: false, and such a key is refused.</summary>
    public bool AllowUnloadingWhenStateModified { get; set; }
}

/// <summary>
/// An actor's state: named values, cached in the actor's memory, saved together after a successful turn and dropped after a failed one.
/// </summary>
public interface IActorStateManager
{
    /// <summary>Adds a value under a new name.</summary>
    /// <exception cref="InvalidOperationException">The name is taken.</exception>
    Task AddStateAsync<T>(string stateName, T value, CancellationToken cancellationToken = default);

    /// <summary>Adds a value under a new name for the time <paramref name="ttl"/>.</summary>
    /// <exception cref="InvalidOperationException">The name is taken.</exception>
    Task AddStateAsync<T>(string stateName, T value, TimeSpan ttl, CancellationToken cancellationToken = default);

    /// <summary>The value of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none, or it has expired.</exception>
    Task<T> GetStateAsync<T>(string stateName, CancellationToken cancellationToken = default);

    /// <summary>Sets a value; one that had a time to live has none any more.</summary>
    Task SetStateAsync<T>(string stateName, T value, CancellationToken cancellationToken = default);

    /// <summary>Sets a value for the time <paramref name="ttl"/> from now.</summary>
    Task SetStateAsync<T>(string stateName, T value, TimeSpan ttl, CancellationToken cancellationToken = default);

    /// <summary>Removes a value.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    Task RemoveStateAsync(string stateName, CancellationToken cancellationToken = default);

    /// <summary>Adds a value unless the name is taken; says whether it did.</summary>
    Task<bool> TryAddStateAsync<T>(string stateName, T value, CancellationToken cancellationToken = default);

    /// <summary>Adds a value for the time <paramref name="ttl"/> unless the name is taken; says whether it did.</summary>
    Task<bool> TryAddStateAsync<T>(string stateName, T value, TimeSpan ttl, CancellationToken cancellationToken = default);

    /// <summary>The value of that name, unless there is none or it has expired.</summary>
    Task<ConditionalValue<T>> TryGetStateAsync<T>(string stateName, CancellationToken cancellationToken = default);

    /// <summary>Removes a value if it is there; says whether it was.</summary>
    Task<bool> TryRemoveStateAsync(string stateName, CancellationToken cancellationToken = default);

    /// <summary>Whether there is a value of that name. A cached one counts even when it has expired.</summary>
    Task<bool> ContainsStateAsync(string stateName, CancellationToken cancellationToken = default);

    /// <summary>The value of that name, or <paramref name="value"/>, which is then added.</summary>
    Task<T> GetOrAddStateAsync<T>(string stateName, T value, CancellationToken cancellationToken = default);

    /// <summary>The value of that name, or <paramref name="value"/>, which is then added for the time <paramref name="ttl"/>.</summary>
    Task<T> GetOrAddStateAsync<T>(string stateName, T value, TimeSpan ttl, CancellationToken cancellationToken = default);

    /// <summary>Adds a value or changes it. The time to live of one that is not cached yet is dropped.</summary>
    Task<T> AddOrUpdateStateAsync<T>(
        string stateName, T addValue, Func<string, T, T> updateValueFactory, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds a value for the time <paramref name="ttl"/> or changes it. The time to live of one that is cached already is not refreshed.
    /// </summary>
    Task<T> AddOrUpdateStateAsync<T>(
        string stateName, T addValue, Func<string, T, T> updateValueFactory, TimeSpan ttl, CancellationToken cancellationToken = default);

    /// <summary>Forgets what is cached, changes that are not saved included.</summary>
    Task ClearCacheAsync(CancellationToken cancellationToken = default);

    /// <summary>Saves every change in one transaction.</summary>
    Task SaveStateAsync(CancellationToken cancellationToken = default);

    /// <summary>Drops one value from memory, not from the state.</summary>
    /// <exception cref="InvalidOperationException">It has a change that is not saved, and the options do not allow to lose it.</exception>
    Task UnloadStateAsync(string stateName, UnloadStateOptions options = null, CancellationToken cancellationToken = default);
}

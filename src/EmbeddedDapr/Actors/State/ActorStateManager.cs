using System.Buffers;
using System.Text.Json;
using Dapr;
using Dapr.Actors.Runtime;

namespace EmbeddedDapr.Actors;

/// <summary>The state of one activated actor: a cache over its rows, which follows the official one rule for rule.</summary>
internal sealed class ActorStateManager(
    ActorStateTable table, string actorType, string actorId, JsonSerializerOptions json, TimeProvider time) : IActorStateManager
{
    // The SDK puts a name into a URL as it is, and daprd would look for another name, or for none.
    private static readonly SearchValues<char> ForbiddenInNames = SearchValues.Create('/', '\\', '?', '#', '%', '+');

    private readonly Dictionary<string, CachedState> _cache = new(StringComparer.Ordinal);

    public Task AddStateAsync<T>(string stateName, T value, CancellationToken cancellationToken = default) =>
        AddAsync(stateName, value, ttl: null, cancellationToken);

    public Task AddStateAsync<T>(string stateName, T value, TimeSpan ttl, CancellationToken cancellationToken = default) =>
        AddAsync(stateName, value, ttl, cancellationToken);

    public Task<bool> TryAddStateAsync<T>(string stateName, T value, CancellationToken cancellationToken = default) =>
        TryAddAsync(stateName, value, ttl: null, cancellationToken);

    public Task<bool> TryAddStateAsync<T>(string stateName, T value, TimeSpan ttl, CancellationToken cancellationToken = default) =>
        TryAddAsync(stateName, value, ttl, cancellationToken);

    public async Task<T> GetStateAsync<T>(string stateName, CancellationToken cancellationToken = default)
    {
        ConditionalValue<T> found = await TryGetStateAsync<T>(stateName, cancellationToken);
        return found.HasValue ? found.Value : throw NotFound(stateName);
    }

    public async Task<ConditionalValue<T>> TryGetStateAsync<T>(string stateName, CancellationToken cancellationToken = default)
    {
        CachedState? state = await FindAsync<T>(stateName, cancellationToken);
        return state is null || state.Change == StateChangeKind.Removed || state.HasExpired(time.GetUtcNow())
            ? default
            : new ConditionalValue<T>(true, (T)state.Value!);
    }

    public Task SetStateAsync<T>(string stateName, T value, CancellationToken cancellationToken = default) =>
        SetAsync(stateName, value, ttl: null);

    public Task SetStateAsync<T>(string stateName, T value, TimeSpan ttl, CancellationToken cancellationToken = default) =>
        SetAsync(stateName, value, ttl);

    public async Task RemoveStateAsync(string stateName, CancellationToken cancellationToken = default)
    {
        if (!await TryRemoveStateAsync(stateName, cancellationToken))
        {
            throw NotFound(stateName);
        }
    }

    public async Task<bool> TryRemoveStateAsync(string stateName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stateName);
        if (_cache.TryGetValue(stateName, out CachedState? state))
        {
            if (state.Change == StateChangeKind.Removed)
            {
                return false;
            }

            if (state.HasExpired(time.GetUtcNow()))
            {
                _cache.Remove(stateName);
                return false;
            }
        }
        else if (await LoadAsync(stateName, cancellationToken) is null)
        {
            return false;
        }

        _cache[stateName] = new CachedState { Value = null, Type = typeof(object), Change = StateChangeKind.Removed };
        return true;
    }

    public async Task<bool> ContainsStateAsync(string stateName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stateName);
        return _cache.TryGetValue(stateName, out CachedState? state)
            ? state.Change != StateChangeKind.Removed
            : await LoadAsync(stateName, cancellationToken) is not null;
    }

    public Task<T> GetOrAddStateAsync<T>(string stateName, T value, CancellationToken cancellationToken = default) =>
        GetOrAddAsync(stateName, value, ttl: null, cancellationToken);

    public Task<T> GetOrAddStateAsync<T>(string stateName, T value, TimeSpan ttl, CancellationToken cancellationToken = default) =>
        GetOrAddAsync(stateName, value, ttl, cancellationToken);

    public Task<T> AddOrUpdateStateAsync<T>(
        string stateName, T addValue, Func<string, T, T> updateValueFactory, CancellationToken cancellationToken = default) =>
        AddOrUpdateAsync(stateName, addValue, updateValueFactory, ttl: null, cancellationToken);

    public Task<T> AddOrUpdateStateAsync<T>(
        string stateName, T addValue, Func<string, T, T> updateValueFactory, TimeSpan ttl, CancellationToken cancellationToken = default) =>
        AddOrUpdateAsync(stateName, addValue, updateValueFactory, ttl, cancellationToken);

    public Task ClearCacheAsync(CancellationToken cancellationToken = default)
    {
        _cache.Clear();
        return Task.CompletedTask;
    }

    public async Task SaveStateAsync(CancellationToken cancellationToken = default)
    {
        List<StateChange> changes = Changes();
        if (changes.Count == 0)
        {
            return;
        }

        long size = changes.Sum(change => change.Name.Length + (change.Value?.LongLength ?? 0));
        if (size > ActorPayload.MaxBytes)
        {
            throw new DaprApiException($"The state to save has {size} bytes; {ActorPayload.MaxBytes} are allowed.", "ERR_ACTOR_STATE_TRANSACTION_SAVE", isTransient: false);
        }

        // No token: whether a write that was given up had been carried out could not be known.
        await table.SaveAsync(actorType, actorId, changes);
        foreach (StateChange change in changes)
        {
            if (change.Value is null && _cache[change.Name].Change == StateChangeKind.Removed)
            {
                _cache.Remove(change.Name);
            }
            else
            {
                _cache[change.Name].Change = StateChangeKind.None;
            }
        }
    }

    public Task UnloadStateAsync(string stateName, UnloadStateOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stateName);
        if (_cache.TryGetValue(stateName, out CachedState? state))
        {
            if (state.Change != StateChangeKind.None && options is not { AllowUnloadingWhenStateModified: true })
            {
                throw new InvalidOperationException($"The state '{stateName}' has a change that is not saved.");
            }

            _cache.Remove(stateName);
        }

        return Task.CompletedTask;
    }

    private List<StateChange> Changes()
    {
        DateTimeOffset now = time.GetUtcNow();
        var changes = new List<StateChange>();
        foreach ((string name, CachedState state) in _cache)
        {
            if (state.Change == StateChangeKind.None)
            {
                continue;
            }

            bool removed = state.Change == StateChangeKind.Removed || state.HasExpired(now);
            changes.Add(new StateChange(
                name,
                removed ? null : JsonSerializer.SerializeToUtf8Bytes(state.Value, state.Type, json),
                removed ? null : StoredExpiry(now, state.ExpiresAt)));
        }

        return changes;
    }

    // The time to live crosses in whole seconds, rounded up.
    private static long? StoredExpiry(DateTimeOffset now, DateTimeOffset? expiresAt) =>
        expiresAt is { } at ? now.ToUnixTimeMilliseconds() + ((long)Math.Ceiling((at - now).TotalSeconds) * 1000) : null;

    private async Task AddAsync<T>(string name, T value, TimeSpan? ttl, CancellationToken cancellationToken)
    {
        if (!await TryAddAsync(name, value, ttl, cancellationToken))
        {
            throw new InvalidOperationException($"The state '{name}' exists already.");
        }
    }

    private async Task<bool> TryAddAsync<T>(string name, T value, TimeSpan? ttl, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        bool taken = _cache.TryGetValue(name, out CachedState? state)
            ? state.Change != StateChangeKind.Removed && !state.HasExpired(time.GetUtcNow())
            : await LoadAsync(name, cancellationToken) is not null;
        if (!taken)
        {
            await SetAsync(name, value, ttl);
        }

        return !taken;
    }

    private Task SetAsync<T>(string name, T value, TimeSpan? ttl)
    {
        ArgumentNullException.ThrowIfNull(name);
        EnsureReachable(name);
        _cache[name] = new CachedState { Value = value, Type = typeof(T), Change = StateChangeKind.Set, ExpiresAt = time.GetUtcNow() + ttl };
        return Task.CompletedTask;
    }

    private async Task<T> GetOrAddAsync<T>(string name, T value, TimeSpan? ttl, CancellationToken cancellationToken)
    {
        ConditionalValue<T> found = await TryGetStateAsync<T>(name, cancellationToken);
        if (found.HasValue)
        {
            return found.Value;
        }

        await SetAsync(name, value, ttl);
        return value;
    }

    private async Task<T> AddOrUpdateAsync<T>(
        string name, T addValue, Func<string, T, T> update, TimeSpan? ttl, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(update);
        bool wasCached = _cache.ContainsKey(name);
        CachedState? state = await FindAsync<T>(name, cancellationToken);
        if (state is null || state.Change == StateChangeKind.Removed)
        {
            await SetAsync(name, addValue, ttl);
            return addValue;
        }

        T value = update(name, (T)state.Value!);
        DateTimeOffset? expiresAt = wasCached ? state.ExpiresAt : time.GetUtcNow() + ttl;
        _cache[name] = new CachedState { Value = value, Type = typeof(T), Change = StateChangeKind.Set, ExpiresAt = expiresAt };
        return value;
    }

    private async Task<CachedState?> FindAsync<T>(string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_cache.TryGetValue(name, out CachedState? state))
        {
            return state;
        }

        if (await LoadAsync(name, cancellationToken) is not { } stored)
        {
            return null;
        }

        state = new CachedState
        {
            Value = JsonSerializer.Deserialize<T>(stored.Value, json),
            Type = typeof(T),
            Change = StateChangeKind.None,
            ExpiresAt = stored.ExpiresAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
        };
        _cache.Add(name, state);
        return state;
    }

    private Task<StoredState?> LoadAsync(string name, CancellationToken cancellationToken)
    {
        EnsureReachable(name);
        return table.LoadAsync(actorType, actorId, name, time.GetUtcNow().ToUnixTimeMilliseconds(), cancellationToken);
    }

    private static void EnsureReachable(string name)
    {
        if (name.AsSpan().IndexOfAny(ForbiddenInNames) >= 0)
        {
            throw new DaprApiException($"The state name '{name}' must not contain '/', '\\', '?', '#', '%' or '+'.", "ERR_DIRECT_INVOKE", isTransient: false);
        }
    }

    private static KeyNotFoundException NotFound(string name) => new($"There is no state '{name}'.");
}

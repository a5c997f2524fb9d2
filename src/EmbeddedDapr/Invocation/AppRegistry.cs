using System.Collections.Concurrent;

namespace EmbeddedDapr.Invocation;

/// <summary>The apps that joined the runtime, and which of them are up.</summary>
internal sealed class AppRegistry
{
    private readonly ConcurrentDictionary<string, IInProcessApplication?> _apps = new(StringComparer.Ordinal);

    /// <summary>Makes the app id known. Two apps under one id would answer each other's requests.</summary>
    public void Join(string appId)
    {
        if (!_apps.TryAdd(appId, null))
        {
            throw new InvalidOperationException($"The app id '{appId}' has already joined this runtime.");
        }
    }

    public bool Knows(string appId) => _apps.ContainsKey(appId);

    public void Up(string appId, IInProcessApplication application) => _apps[appId] = application;

    public void Down(string appId) => _apps[appId] = null;

    /// <summary>The app if it is up.</summary>
    public IInProcessApplication? Find(string appId) => _apps.GetValueOrDefault(appId);
}

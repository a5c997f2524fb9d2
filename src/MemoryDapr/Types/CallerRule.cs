namespace MemoryDapr.Types;

/// <summary>Who may call a route, by the app id that the caller's sidecar names. An app token is wanted beside it.</summary>
/// <param name="Allowed">The app ids that may call.</param>
/// <param name="AllowsNone">
/// Whether a call that names none may. A missing name proves nothing: the sidecar's own calls carry none, and a client can strip it.
/// </param>
internal sealed record CallerRule(IReadOnlyList<string> Allowed, bool AllowsNone)
{
    /// <summary>The header in which a sidecar names the calling app.</summary>
    public const string Header = "dapr-caller-app-id";

    /// <summary>A service route: exactly one of these apps.</summary>
    public static CallerRule Apps(params IReadOnlyList<string> allowed) => new(allowed, AllowsNone: false);

    /// <summary>The actors' routes: calls to actors name the app that hosts them, or nobody.</summary>
    public static CallerRule OwnActors(string appId) => new([appId], AllowsNone: true);

    /// <summary>Subscriptions and configuration: the own sidecar, which names nobody.</summary>
    public static CallerRule Sidecar { get; } = new([], AllowsNone: true);

    /// <summary>Whether a call with these names may pass.</summary>
    public bool Admits(IReadOnlyList<string?> callers) => callers switch
    {
        [] => AllowsNone,
        [string caller] => Allowed.Contains(caller, StringComparer.Ordinal),
        _ => false,
    };
}

using EmbeddedDapr.Actors;

namespace EmbeddedDapr.Tests.Actors;

/// <summary>Waits for what an engine does a moment after a test can see its cause; in vain, it fails after 20 seconds.</summary>
internal static class EngineSignals
{
    public static Task WhenFreedAsync(this ActorEngine engine) => UntilAsync(() => engine.ActiveActors == 0);

    public static Task WhenStoppingAsync(this ActorEngine engine) => UntilAsync(() => engine.IsDraining);

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}

using System.Diagnostics;
using MemoryDapr.Crash.Hook;

/// <summary>
/// .NET runs this before the program's own entry point when <c>DOTNET_STARTUP_HOOKS</c> names the assembly. The program under test
/// knows nothing of it: its spans are the points at which it can be killed.
/// </summary>
#pragma warning disable CA1050 // .NET looks for this name in the global namespace.
internal static class StartupHook
#pragma warning restore CA1050
{
    public static void Initialize()
    {
        var killer = new Killer();
        ActivitySource.AddActivityListener(new ActivityListener
        {
            ShouldListenTo = source => source.Name == "MemoryDapr" || source.Name.StartsWith("EmbeddedDapr.", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = activity => killer.Pass(activity, isEnd: false),
            ActivityStopped = activity => killer.Pass(activity, isEnd: true),
        });
        var orders = new Thread(new Orders(killer).Read) { IsBackground = true, Name = "crash orders" };
        orders.Start();
    }
}

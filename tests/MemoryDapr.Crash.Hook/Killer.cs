using System.Collections.Concurrent;
using System.Diagnostics;

namespace MemoryDapr.Crash.Hook;

/// <summary>Watches the spans go by and kills its own process, with SIGKILL, where it was told to.</summary>
internal sealed class Killer
{
    private readonly ConcurrentDictionary<string, int> _running = new(StringComparer.Ordinal);
    private volatile KillOrder? _order;
    private int _countdown;

    public void Arm(KillOrder order)
    {
        _countdown = order.Countdown;
        _order = order;
    }

    public void Pass(Activity activity, bool isEnd)
    {
        if (_order is { } order
            && order.Matches(activity, isEnd)
            && (order.During is null || _running.GetValueOrDefault(order.During) > 0)
            && Interlocked.Decrement(ref _countdown) == 0)
        {
            Die(order);
        }

        _running.AddOrUpdate(activity.OperationName, isEnd ? 0 : 1, (_, running) => isEnd ? running - 1 : running + 1);
    }

    private static void Die(KillOrder order)
    {
        if (order.Stall > TimeSpan.Zero)
        {
            using var stall = new ManualResetEventSlim();
            stall.Wait(order.Stall);
        }

        // What whoever started the process reads to be sure that this, and nothing else, ended it.
        Console.Error.WriteLine($"killed at {order.Span}");
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}

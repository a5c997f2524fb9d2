using System.Diagnostics;
using Shouldly;

namespace MemoryDapr.Conformance.Client;

/// <summary>Looks again until something is so, or the deadline tells that it never was.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Standard = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    /// <summary>What <paramref name="look"/> sees as soon as <paramref name="isSo"/> holds of it.</summary>
    public static async Task<T> SeeAsync<T>(string what, Func<Task<T>> look, Func<T, bool> isSo, TimeSpan? deadline = null)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan pause = Pause;
        while (true)
        {
            T seen = await look();
            if (isSo(seen))
            {
                return seen;
            }

            TimeSpan waited = Stopwatch.GetElapsedTime(start);
            if (waited > (deadline ?? Standard))
            {
                throw new ShouldAssertException($"{what}: not so within {waited.TotalSeconds:F0} s. Last seen: {seen}");
            }

            await Task.Delay(pause, TimeProvider.System);
            pause = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, pause.Ticks * 3 / 2));
        }
    }
}

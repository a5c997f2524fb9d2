using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace EmbeddedDapr.Tests.PubSub;

/// <summary>A clock that stands until it is moved, and tells when someone has begun to wait for it.</summary>
internal sealed class ArmedTimeProvider : TimeProvider
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero));
    private readonly Channel<TimeSpan> _armed = Channel.CreateUnbounded<TimeSpan>();

    public override DateTimeOffset GetUtcNow() => _clock.GetUtcNow();

    public override long GetTimestamp() => _clock.GetTimestamp();

    public override long TimestampFrequency => _clock.TimestampFrequency;

    public void Advance(TimeSpan by) => _clock.Advance(by);

    /// <summary>The next wait that has an end.</summary>
    public ValueTask<TimeSpan> NextWaitAsync() => _armed.Reader.ReadAsync();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArmedTimer timer = new(_clock.CreateTimer(callback, state, dueTime, period), _armed.Writer);
        timer.Tell(dueTime);
        return timer;
    }

    private sealed class ArmedTimer(ITimer timer, ChannelWriter<TimeSpan> armed) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            bool changed = timer.Change(dueTime, period);
            Tell(dueTime);
            return changed;
        }

        public void Tell(TimeSpan dueTime)
        {
            if (dueTime > TimeSpan.Zero)
            {
                armed.TryWrite(dueTime);
            }
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}

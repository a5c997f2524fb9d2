using EmbeddedDapr.Resources;

namespace EmbeddedDapr.Invocation.Policies;

internal enum BreakerState
{
    Closed,
    HalfOpen,
    Open,
}

/// <summary>
/// daprd's circuit breaker. Polly's own trips on a share of failures in a sampling window and cannot count consecutive ones, so the
/// counts are kept here. An outcome that belongs to an earlier generation (before the counts were cleared) changes nothing.
/// </summary>
internal sealed class Breaker(string target, BreakerPolicy policy, TimeProvider time)
{
    private readonly Lock _gate = new();
    private BreakerCounts _counts;
    private BreakerState _state = BreakerState.Closed;
    private DateTimeOffset? _expiry = Expiry(time, policy.Interval);
    private long _generation;

    /// <summary>Admits a call and names its generation; null refuses it.</summary>
    public long? Enter()
    {
        lock (_gate)
        {
            Refresh();
            if (_state == BreakerState.Open || (_state == BreakerState.HalfOpen && _counts.Requests >= policy.MaxRequests))
            {
                return null;
            }

            _counts = _counts with { Requests = _counts.Requests + 1 };
            return _generation;
        }
    }

    public void Leave(long generation, bool succeeded)
    {
        lock (_gate)
        {
            Refresh();
            if (generation != _generation)
            {
                return;
            }

            _counts = succeeded
                ? _counts with
                {
                    TotalSuccesses = _counts.TotalSuccesses + 1,
                    ConsecutiveSuccesses = _counts.ConsecutiveSuccesses + 1,
                    ConsecutiveFailures = 0,
                }
                : _counts with
                {
                    TotalFailures = _counts.TotalFailures + 1,
                    ConsecutiveFailures = _counts.ConsecutiveFailures + 1,
                    ConsecutiveSuccesses = 0,
                };
            Judge(succeeded);
        }
    }

    private static DateTimeOffset? Expiry(TimeProvider time, TimeSpan after) => after > TimeSpan.Zero ? time.GetUtcNow() + after : null;

    private void Judge(bool succeeded)
    {
        if (_state == BreakerState.HalfOpen)
        {
            if (!succeeded)
            {
                Become(BreakerState.Open);
            }
            else if (_counts.ConsecutiveSuccesses >= policy.MaxRequests)
            {
                Become(BreakerState.Closed);
            }
        }
        else if (!succeeded && policy.Trip.Holds(_counts))
        {
            Become(BreakerState.Open);
        }
    }

    private void Refresh()
    {
        if (_expiry > time.GetUtcNow() || _expiry is null)
        {
            return;
        }

        Become(_state == BreakerState.Open ? BreakerState.HalfOpen : BreakerState.Closed);
    }

    private void Become(BreakerState state)
    {
        _state = state;
        _generation++;
        _counts = default;
        _expiry = state switch
        {
            BreakerState.Closed => Expiry(time, policy.Interval),
            BreakerState.Open => Expiry(time, policy.Timeout),
            _ => null,
        };
        PolicyInstruments.State(target, state);
    }
}

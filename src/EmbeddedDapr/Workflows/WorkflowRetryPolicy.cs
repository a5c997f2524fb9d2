namespace Dapr.Workflow;

/// <summary>When a failed activity is tried again. Every failure counts; the pauses are durable timers.</summary>
public class WorkflowRetryPolicy
{
    /// <summary>Sets a policy up.</summary>
    /// <param name="maxNumberOfAttempts">How often the activity runs at most, the first attempt included; at least 1.</param>
    /// <param name="firstRetryInterval">The pause before the second attempt; more than zero.</param>
    /// <param name="backoffCoefficient">What each pause is multiplied by to give the next; at least 1.</param>
    /// <param name="maxRetryInterval">The longest pause; at least the first one. Default: none is capped.</param>
    /// <param name="retryTimeout">How long after the first attempt a retry may still begin to wait; at least the first pause. Default: for ever.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public WorkflowRetryPolicy(
        int maxNumberOfAttempts,
        TimeSpan firstRetryInterval,
        double backoffCoefficient = 1.0,
        TimeSpan? maxRetryInterval = null,
        TimeSpan? retryTimeout = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxNumberOfAttempts);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(firstRetryInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(backoffCoefficient, 1.0);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRetryInterval ?? TimeSpan.FromHours(1), firstRetryInterval, nameof(maxRetryInterval));
        TimeSpan timeout = retryTimeout ?? Timeout.InfiniteTimeSpan;
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(timeout, firstRetryInterval, nameof(retryTimeout));
        }

        MaxNumberOfAttempts = maxNumberOfAttempts;
        FirstRetryInterval = firstRetryInterval;
        BackoffCoefficient = backoffCoefficient;
        MaxRetryInterval = maxRetryInterval;
        RetryTimeout = timeout;
    }

    /// <summary>How often the activity runs at most.</summary>
    public int MaxNumberOfAttempts { get; }

    /// <summary>The pause before the second attempt.</summary>
    public TimeSpan FirstRetryInterval { get; }

    /// <summary>What each pause is multiplied by to give the next.</summary>
    public double BackoffCoefficient { get; }

    /// <summary>The longest pause, if there is one.</summary>
    public TimeSpan? MaxRetryInterval { get; }

    /// <summary>How long after the first attempt a retry may still begin to wait; <see cref="Timeout.InfiniteTimeSpan"/>: for ever.</summary>
    public TimeSpan RetryTimeout { get; }
}

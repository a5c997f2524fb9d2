namespace MemoryDapr.Types;

/// <summary>How much an item has proved to matter, 0..1, as it stood at a moment. What it is later follows from both.</summary>
/// <param name="Value">The value at <paramref name="At"/>, 0..1.</param>
/// <param name="At">When it had that value.</param>
public readonly record struct SalienceLevel(double Value, DateTimeOffset At)
{
    /// <summary>What every item starts with.</summary>
    public const double Initial = 0.5;

    /// <summary>The share of the way to 1 that one use adds: five uses lift 0.5 above 0.8.</summary>
    private const double UseGain = 0.2;

    /// <summary>The share that one refutation takes away.</summary>
    private const double RefutationLoss = 0.3;

    private static readonly TimeSpan HalfLife = TimeSpan.FromDays(30);

    /// <summary>A new item's.</summary>
    public static SalienceLevel New(DateTimeOffset now) => new(Initial, now);

    /// <summary>The value at <paramref name="now"/>: halved every 30 days; computed when read, never written.</summary>
    public double ValueAt(DateTimeOffset now) => now <= At ? Value : Value * Math.Pow(2, -(now - At) / HalfLife);

    /// <summary>After an answer used the item, or another telling of the same corroborated it: s + 0.2 (1 − s).</summary>
    public SalienceLevel Used(DateTimeOffset now)
    {
        double value = ValueAt(now);
        return new SalienceLevel(value + (UseGain * (1 - value)), now);
    }

    /// <summary>After an answer refuted the item: s − 0.3 s.</summary>
    public SalienceLevel Refuted(DateTimeOffset now) => new(ValueAt(now) * (1 - RefutationLoss), now);
}

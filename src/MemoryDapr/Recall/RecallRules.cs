using FluentValidation;

namespace MemoryDapr.Recall;

/// <summary>Rules that several options share.</summary>
internal static class RecallRules
{
    /// <summary>A time that a caller can be kept waiting for.</summary>
    public static void IsADeadline(this IRuleBuilder<RecallOptions, TimeSpan> rule) =>
        rule.InclusiveBetween(TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1)).WithMessage("Must be from 10 ms to 1 minute.");
}

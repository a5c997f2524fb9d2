using FluentValidation;

namespace MemoryDapr.Recall;

/// <summary>The rules of <see cref="RecallOptions"/>.</summary>
internal sealed class RecallOptionsValidator : AbstractValidator<RecallOptions>
{
    /// <summary>The most tokens that a context may have.</summary>
    public const int MaxContextTokens = 100_000;

    public RecallOptionsValidator()
    {
        RuleFor(options => options.Deadline)
            .InclusiveBetween(TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1)).WithMessage("Must be from 10 ms to 1 minute.");
        RuleFor(options => options.ContextTokens)
            .InclusiveBetween(1, MaxContextTokens).WithMessage($"Must be from 1 to {MaxContextTokens}.");
    }
}

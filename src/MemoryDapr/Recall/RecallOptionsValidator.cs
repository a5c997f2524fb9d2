using FluentValidation;

namespace MemoryDapr.Recall;

/// <summary>The rules of <see cref="RecallOptions"/>.</summary>
internal sealed class RecallOptionsValidator : AbstractValidator<RecallOptions>
{
    /// <summary>The most tokens that a context may have.</summary>
    public const int MaxContextTokens = 100_000;

    private const int MaxCachedIntents = 1_000_000;

    public RecallOptionsValidator()
    {
        RuleFor(options => options.Deadline).IsADeadline();
        RuleFor(options => options.ContextTokens)
            .InclusiveBetween(1, MaxContextTokens).WithMessage($"Must be from 1 to {MaxContextTokens}.");
        RuleFor(options => options.IntentDeadline).IsADeadline();
        RuleFor(options => options.IntentCacheSize)
            .InclusiveBetween(1, MaxCachedIntents).WithMessage($"Must be from 1 to {MaxCachedIntents}.");
        RuleFor(options => options.EmbeddingDeadline).IsADeadline();
        RuleFor(options => options.RerankDeadline).IsADeadline();
        RuleFor(options => options.Deadline)
            .Must((options, deadline) => deadline > WaitsForModel(options))
            .WithMessage("Must be longer than the waits for the model together, IntentDeadline and RerankDeadline where they are in use.");
    }

    private static TimeSpan WaitsForModel(RecallOptions options) =>
        (options.UseModelIntent ? options.IntentDeadline : TimeSpan.Zero) + (options.UseModelRerank ? options.RerankDeadline : TimeSpan.Zero);
}

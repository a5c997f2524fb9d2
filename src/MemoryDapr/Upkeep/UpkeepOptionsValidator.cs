using FluentValidation;

namespace MemoryDapr.Upkeep;

/// <summary>The rules of <see cref="UpkeepOptions"/>.</summary>
internal sealed class UpkeepOptionsValidator : AbstractValidator<UpkeepOptions>
{
    public UpkeepOptionsValidator()
    {
        RuleFor(options => options.PromotionPeriod)
            .InclusiveBetween(TimeSpan.FromMinutes(1), TimeSpan.FromDays(1)).WithMessage("must be 00:01:00 to 1.00:00:00");
        RuleFor(options => options.SessionsPeriod)
            .InclusiveBetween(TimeSpan.FromMinutes(1), TimeSpan.FromDays(1)).WithMessage("must be 00:01:00 to 1.00:00:00");
        RuleFor(options => options.ReconciliationPeriod)
            .InclusiveBetween(TimeSpan.FromSeconds(10), TimeSpan.FromDays(1)).WithMessage("must be 00:00:10 to 1.00:00:00");
        RuleFor(options => options.EmbeddingPeriod)
            .InclusiveBetween(TimeSpan.FromMinutes(1), TimeSpan.FromDays(1)).WithMessage("must be 00:01:00 to 1.00:00:00");
        RuleFor(options => options.StorePeriod)
            .InclusiveBetween(TimeSpan.FromMinutes(1), TimeSpan.FromDays(1)).WithMessage("must be 00:01:00 to 1.00:00:00");
        RuleFor(options => options.IdleScope)
            .InclusiveBetween(TimeSpan.FromMinutes(1), TimeSpan.FromDays(7)).WithMessage("must be 00:01:00 to 7.00:00:00");
        RuleFor(options => options.RetentionPeriod)
            .InclusiveBetween(TimeSpan.FromHours(1), TimeSpan.FromDays(7)).WithMessage("must be 01:00:00 to 7.00:00:00");
        RuleFor(options => options.KeepPipelines)
            .InclusiveBetween(TimeSpan.FromHours(1), TimeSpan.FromDays(365)).WithMessage("must be 01:00:00 to 365.00:00:00");
    }
}

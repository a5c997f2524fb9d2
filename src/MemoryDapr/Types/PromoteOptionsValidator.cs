using FluentValidation;

namespace MemoryDapr.Types;

/// <summary>The rules of <see cref="PromoteOptions"/>.</summary>
internal sealed class PromoteOptionsValidator : AbstractValidator<PromoteOptions>
{
    public PromoteOptionsValidator() =>
        RuleFor(options => options.Threshold).Must(threshold => threshold is > 0.5 and <= 1).WithMessage("must be above 0.5 and at most 1");
}

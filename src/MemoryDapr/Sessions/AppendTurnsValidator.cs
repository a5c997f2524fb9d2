using FluentValidation;

namespace MemoryDapr.Sessions;

/// <summary>Checks an append: every broken rule at once, each at its place.</summary>
internal sealed class AppendTurnsValidator : AbstractValidator<AppendTurns>
{
    public AppendTurnsValidator()
    {
        RuleFor(append => append.SessionId).NotNull().WithErrorCode("required").WithMessage("is required").IsName();
        RuleFor(append => append.User).IsName();
        RuleFor(append => append.Turns)
            .Must(turns => turns is { Count: >= 1 and <= TurnRules.MaxTurns })
            .WithErrorCode("count").WithMessage($"must have 1 to {TurnRules.MaxTurns} turns");

        // A batch that is too long is not looked at in detail: the answer stays bounded.
        RuleForEach(append => append.Turns)
            .NotNull().WithErrorCode("required").WithMessage("must not be null")
            .SetValidator(new NewTurnValidator()!)
            .When(append => append.Turns?.Count <= TurnRules.MaxTurns);
    }
}

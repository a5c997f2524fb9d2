using FluentValidation;

namespace MemoryDapr.Sessions;

/// <summary>What another service's turns must be like.</summary>
internal sealed class TurnsEventValidator : AbstractValidator<TurnsEvent>
{
    public TurnsEventValidator()
    {
        RuleFor(turns => turns.Tenant).NotNull().IsName();
        RuleFor(turns => turns.SessionId).NotNull().IsName();
        RuleFor(turns => turns.User).IsName();
        RuleFor(turns => turns.Turns)
            .Must(turns => turns is { Count: >= 1 and <= TurnRules.MaxTurns })
            .WithErrorCode("count").WithMessage($"must have 1 to {TurnRules.MaxTurns} turns");

        // A batch that is too long is not looked at in detail.
        RuleForEach(turns => turns.Turns)
            .NotNull()
            .SetValidator(new NewTurnValidator()!)
            .When(turns => turns.Turns?.Count <= TurnRules.MaxTurns);
    }
}

using FluentValidation;

namespace MemoryDapr.Sessions;

/// <summary>Checks one turn.</summary>
internal sealed class NewTurnValidator : AbstractValidator<NewTurn>
{
    public NewTurnValidator()
    {
        RuleFor(turn => turn.Id).IsClientId();
        RuleFor(turn => turn.Role).NotNull().WithErrorCode("required").WithMessage("is required");
        RuleFor(turn => turn.Speaker)
            .Must(speaker => speaker is null || (!string.IsNullOrWhiteSpace(speaker) && speaker.Length <= TurnRules.MaxSpeakerCharacters))
            .WithErrorCode("length").WithMessage($"must have 1 to {TurnRules.MaxSpeakerCharacters} characters and not be blank")
            .Must(speaker => speaker is null || TurnRules.IsStorable(speaker))
            .WithErrorCode("characters").WithMessage("must be well-formed Unicode without NUL");
        RuleFor(turn => turn.Content).IsContent(TurnRules.MaxContentCharacters);
        RuleFor(turn => turn.Metadata).IsMetadata();
    }
}

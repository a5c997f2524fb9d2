using FluentValidation;
using MemoryDapr.Api.Requests;

namespace MemoryDapr.Api.Sessions;

/// <summary>The rules of <see cref="NewTurn"/>.</summary>
internal sealed class NewTurnValidator : AbstractValidator<NewTurn>
{
    public const int MaxContent = 32_000;
    public const int MaxSpeaker = 100;

    public NewTurnValidator()
    {
        RuleFor(turn => turn.Id).HasForm(TextForms.TurnId);
        RuleFor(turn => turn.Role).Required();
        RuleFor(turn => turn.Speaker).HasLength(MaxSpeaker).IsName();
        RuleFor(turn => turn.Content).Cascade(CascadeMode.Stop).Required().HasLength(MaxContent).IsNotBlank();
        RuleFor(turn => turn.Metadata).IsMetadata();
    }
}

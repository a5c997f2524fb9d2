using FluentValidation;
using MemoryDapr.Api.Requests;

namespace MemoryDapr.Api.Sessions;

/// <summary>The rules of <see cref="AppendSessionTurns"/>.</summary>
internal sealed class AppendSessionTurnsValidator : RequestValidator<AppendSessionTurns>
{
    public static AppendSessionTurnsValidator Instance { get; } = new();

    private AppendSessionTurnsValidator()
    {
        RuleFor(request => request.SessionId).Cascade(CascadeMode.Stop).Required().HasForm(TextForms.Id);
        RuleFor(request => request.User).HasForm(TextForms.Id);
        RuleFor(request => request.Turns).Cascade(CascadeMode.Stop).Required().HasCount(1, AppendTurnsValidator.MaxTurns);
        RuleForEach(request => request.Turns).SetValidator(new NewTurnValidator());
    }
}

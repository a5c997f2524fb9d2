using FluentValidation;
using MemoryDapr.Api.Requests;

namespace MemoryDapr.Api.Sessions;

/// <summary>The rules of <see cref="AppendTurns"/>.</summary>
internal sealed class AppendTurnsValidator : RequestValidator<AppendTurns>
{
    public const int MaxTurns = 100;

    public static AppendTurnsValidator Instance { get; } = new();

    private AppendTurnsValidator()
    {
        RuleFor(request => request.User).HasForm(TextForms.Id);
        RuleFor(request => request.Turns).Cascade(CascadeMode.Stop).Required().HasCount(1, MaxTurns);
        RuleForEach(request => request.Turns).SetValidator(new NewTurnValidator());
    }
}

using FluentValidation;
using MemoryDapr.Api.Requests;

namespace MemoryDapr.Api.Exchange;

/// <summary>The rules of <see cref="SourceLine"/>.</summary>
internal sealed class SourceLineValidator : AbstractValidator<SourceLine>
{
    public SourceLineValidator()
    {
        RuleFor(source => source.SessionId).Cascade(CascadeMode.Stop).Required().HasForm(TextForms.Id);
        RuleFor(source => source.TurnId).Cascade(CascadeMode.Stop).Required().HasForm(TextForms.TurnId);
    }
}

using FluentValidation;
using MemoryDapr.Api.Requests;

namespace MemoryDapr.Api.Exchange;

/// <summary>The rules of <see cref="SessionLine"/>.</summary>
internal sealed class SessionLineValidator : AbstractValidator<SessionLine>
{
    public SessionLineValidator()
    {
        RuleFor(session => session.SessionId).Cascade(CascadeMode.Stop).Required().HasForm(TextForms.Id);
        RuleFor(session => session.NextOrdinal).Cascade(CascadeMode.Stop).Required()
            .Must(next => next >= 0).WithErrorCode("range").WithMessage("Must not be negative.");
        RuleFor(session => session.TurnCount).Cascade(CascadeMode.Stop).Required()
            .Must((session, count) => count >= 0 && !(count > session.NextOrdinal)).WithErrorCode("range").WithMessage("Must be from 0 to nextOrdinal.");
        RuleFor(session => session.DistilledTo).Cascade(CascadeMode.Stop).Required()
            .Must((session, to) => to >= 0 && !(to > session.NextOrdinal)).WithErrorCode("range").WithMessage("Must be from 0 to nextOrdinal.");
        RuleFor(session => session.CreatedAt).Required();
        RuleFor(session => session.LastActiveAt).Required();
    }
}

using FluentValidation;
using MemoryDapr.Types;

namespace MemoryDapr.Salience;

/// <summary>What another service's citations must be like.</summary>
internal sealed class CitationEventValidator : AbstractValidator<CitationEvent>
{
    public CitationEventValidator()
    {
        RuleFor(citations => citations.Tenant).NotNull().Matches("^[a-zA-Z0-9_-]{1,100}$");
        RuleFor(citations => citations.Citations).NotNull();
        When(
            citations => citations.Citations is not null,
            () =>
            {
                RuleFor(citations => citations.Citations.Count).InclusiveBetween(1, 100);
                RuleForEach(citations => citations.Citations).NotNull().ChildRules(citation =>
                {
                    citation.RuleFor(one => one.ItemId).NotNull().Must(id => id is not null && ItemId.IsWellFormed(id));
                    citation.RuleFor(one => one.AnswerId).NotNull().Matches("^[A-Za-z0-9._:-]{1,200}$");
                    citation.RuleFor(one => one.Verdict).IsInEnum();
                });
            });
    }
}

using FluentValidation;
using MemoryDapr.Api.Requests;
using MemoryDapr.Api.Sessions;
using MemoryDapr.Types;

namespace MemoryDapr.Api.Exchange;

/// <summary>The rules of <see cref="ItemLine"/>: what the service itself would have stored.</summary>
internal sealed class ItemLineValidator : AbstractValidator<ItemLine>
{
    private const int MaxSources = 1000;
    private const int MaxTitle = 300;

    public ItemLineValidator()
    {
        RuleFor(item => item.Kind).Required();
        RuleFor(item => item.Id).Cascade(CascadeMode.Stop).Required()
            .Must((item, id) => ItemId.IsWellFormed(id!) && HasKindOf(item, id!)).WithErrorCode("itemId").WithMessage("Must be the id of a memory of this kind.");
        RuleFor(item => item.Text).Cascade(CascadeMode.Stop).Required().HasLength(NewTurnValidator.MaxContent).IsNotBlank();
        RuleFor(item => item.Title).HasLength(MaxTitle).IsName();
        RuleFor(item => item.SessionId).HasForm(TextForms.Id);
        RuleFor(item => item.TurnId).HasForm(TextForms.TurnId);
        RuleFor(item => item.Speaker).HasLength(NewTurnValidator.MaxSpeaker).IsName();
        RuleFor(item => item.Ordinal).Must(ordinal => ordinal is null or >= 0).WithErrorCode("range").WithMessage("Must not be negative.");
        RuleFor(item => item.At).Required();
        RuleFor(item => item.CreatedAt).Required();
        RuleFor(item => item.UpdatedAt).Required();
        RuleFor(item => item.Version).Must(version => version is null or >= 1).WithErrorCode("range").WithMessage("Must be at least 1.");
        RuleFor(item => item.Metadata).IsMetadata();
        RuleFor(item => item.Sources).HasCount(0, MaxSources);
        RuleForEach(item => item.Sources).SetValidator(new SourceLineValidator());
        RuleForEach(item => item.Facts).ChildRules(fact =>
        {
            fact.RuleFor(entry => entry.Text).Cascade(CascadeMode.Stop).Required().HasLength(NewTurnValidator.MaxContent).IsNotBlank();
            fact.RuleForEach(entry => entry.Sources).SetValidator(new SourceLineValidator());
        });
        RuleForEach(item => item.DerivedFrom).Must(ItemId.IsWellFormed).WithErrorCode("itemId").WithMessage("Must be the id of a memory.");
        RuleFor(item => item.Salience).Cascade(CascadeMode.Stop).Required()
            .Must(salience => salience is { Value: >= 0 and <= 1, At: not null }).WithErrorCode("range").WithMessage("Must have a value from 0 to 1 and the time it is of.");
        When(item => item.Kind == MemoryKind.Turn, () =>
        {
            RuleFor(item => item.SessionId).Required();
            RuleFor(item => item.TurnId).Required();
            RuleFor(item => item.Role).Required();
        });
    }

    private static bool HasKindOf(ItemLine item, string id) => item.Kind switch
    {
        // A turn's id follows from where it stands, which is what keeps it one turn however often it comes.
        MemoryKind.Turn => item.SessionId is null || item.TurnId is null || ItemId.IsOfTurn(id, item.SessionId, item.TurnId),
        MemoryKind.Episode => id[0] == 'e',
        MemoryKind.Fact => id[0] == 'f',
        MemoryKind.Document => id[0] == 'd',
        _ => true,
    };
}

using FluentValidation;
using MemoryDapr.Api.Requests;
using MemoryDapr.Api.Sessions;

namespace MemoryDapr.Api.Documents;

/// <summary>The rules of <see cref="PostDocuments"/>.</summary>
internal sealed class PostDocumentsValidator : RequestValidator<PostDocuments>
{
    private const int MaxDocuments = 100;
    private const int MaxTitle = 300;

    public static PostDocumentsValidator Instance { get; } = new();

    private PostDocumentsValidator()
    {
        RuleFor(request => request.User).HasForm(TextForms.Id);
        RuleFor(request => request.Documents).Cascade(CascadeMode.Stop).Required().HasCount(1, MaxDocuments);
        RuleForEach(request => request.Documents).ChildRules(document =>
        {
            document.RuleFor(entry => entry.Id).HasForm(TextForms.TurnId);
            document.RuleFor(entry => entry.Title).HasLength(MaxTitle).IsName();
            document.RuleFor(entry => entry.Text).Cascade(CascadeMode.Stop).Required().HasLength(NewTurnValidator.MaxContent).IsNotBlank();
            document.RuleFor(entry => entry.Metadata).IsMetadata();
            document.RuleFor(entry => entry.ValidTo)
                .Must((entry, validTo) => validTo is null || entry.ValidFrom is null || entry.ValidFrom < validTo)
                .WithErrorCode("order").WithMessage("Must be after validFrom.");
        });
    }
}

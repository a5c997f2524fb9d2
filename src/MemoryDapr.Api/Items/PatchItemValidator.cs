using FluentValidation;
using MemoryDapr.Api.Requests;
using MemoryDapr.Api.Sessions;

namespace MemoryDapr.Api.Items;

/// <summary>The rules of <see cref="PatchItem"/>.</summary>
internal sealed class PatchItemValidator : RequestValidator<PatchItem>
{
    public static PatchItemValidator Instance { get; } = new();

    private PatchItemValidator()
    {
        RuleFor(patch => patch.Text).Cascade(CascadeMode.Stop).HasLength(NewTurnValidator.MaxContent).IsNotBlank();
        RuleFor(patch => patch.Metadata).IsMetadata();
        RuleFor(patch => patch)
            .Must(patch => patch.Text is not null || patch.Pinned is not null || patch.ValidTo is not null || patch.Metadata is not null)
            .WithErrorCode("required").WithMessage("Must change something: text, pinned, validTo or metadata.");
    }
}

using FluentValidation;
using MemoryDapr.Api.Requests;
using MemoryDapr.Types;

namespace MemoryDapr.Api.Citations;

/// <summary>The rules of <see cref="PostCitations"/>.</summary>
internal sealed class PostCitationsValidator : RequestValidator<PostCitations>
{
    private const int MaxMemories = 100;

    public static PostCitationsValidator Instance { get; } = new();

    private PostCitationsValidator()
    {
        RuleFor(request => request.MemoryIds).Cascade(CascadeMode.Stop).Required().HasCount(1, MaxMemories);
        RuleForEach(request => request.MemoryIds).Must(ItemId.IsWellFormed)
            .WithErrorCode("itemId").WithMessage("Must be the id of a memory, as a recall gives it.");
        RuleFor(request => request.AnswerId).HasForm(TextForms.TurnId);
        RuleFor(request => request.Verdict).Required();
    }
}

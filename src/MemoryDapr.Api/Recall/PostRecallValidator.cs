using FluentValidation;
using MemoryDapr.Api.Requests;
using MemoryDapr.Recall;

namespace MemoryDapr.Api.Recall;

/// <summary>The rules of <see cref="PostRecall"/>.</summary>
internal sealed class PostRecallValidator : RequestValidator<PostRecall>
{
    private const int MaxQuery = 10_000;
    private const int MaxSessions = 100;
    private const int MaxChoices = 10;

    public static PostRecallValidator Instance { get; } = new();

    private PostRecallValidator()
    {
        RuleFor(request => request.Query).Cascade(CascadeMode.Stop).Required().HasLength(MaxQuery).IsNotBlank();
        RuleFor(request => request.User).HasForm(TextForms.Id);
        RuleFor(request => request.SessionId).HasForm(TextForms.Id);
        RuleFor(request => request.SessionIds).HasCount(1, MaxSessions);
        RuleForEach(request => request.SessionIds).HasForm(TextForms.Id);
        RuleFor(request => request.K).IsInRange(1, 100);
        RuleFor(request => request.Kinds).HasCount(1, MaxChoices);
        RuleFor(request => request.Tiers).HasCount(1, MaxChoices);
        RuleFor(request => request.Until)
            .Must((request, until) => until is null || request.Since is null || request.Since < until)
            .WithErrorCode("order").WithMessage("Must be after since.");
        RuleFor(request => request.Metadata).IsMetadata();
        RuleFor(request => request.MaxTokens).IsInRange(1, RecallOptionsValidator.MaxContextTokens);
    }
}

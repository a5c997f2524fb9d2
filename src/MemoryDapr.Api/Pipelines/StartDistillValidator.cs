using FluentValidation;
using MemoryDapr.Api.Requests;

namespace MemoryDapr.Api.Pipelines;

/// <summary>The rules of <see cref="StartDistill"/>.</summary>
internal sealed class StartDistillValidator : RequestValidator<StartDistill>
{
    public static StartDistillValidator Instance { get; } = new();

    private StartDistillValidator() => RuleFor(request => request.SessionId).Cascade(CascadeMode.Stop).Required().HasForm(TextForms.Id);
}

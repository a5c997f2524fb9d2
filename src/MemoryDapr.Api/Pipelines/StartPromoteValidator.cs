using MemoryDapr.Api.Requests;

namespace MemoryDapr.Api.Pipelines;

/// <summary>The rules of <see cref="StartPromote"/>.</summary>
internal sealed class StartPromoteValidator : RequestValidator<StartPromote>
{
    public static StartPromoteValidator Instance { get; } = new();

    private StartPromoteValidator() => RuleFor(request => request.User).HasForm(TextForms.Id);
}

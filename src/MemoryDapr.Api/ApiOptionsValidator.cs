using FluentValidation;
using MemoryDapr.Api.Requests;

namespace MemoryDapr.Api;

/// <summary>The rules of <see cref="ApiOptions"/>.</summary>
internal sealed class ApiOptionsValidator : AbstractValidator<ApiOptions>
{
    private const int LeastKey = 16;

    public ApiOptionsValidator()
    {
        RuleForEach(options => options.Keys).ChildRules(key =>
        {
            key.RuleFor(entry => entry.Tenant).Must(TextForms.Id.Holds).WithMessage(TextForms.Id.Message);
            key.RuleFor(entry => entry.Key).Must(value => value is null || value.Length >= LeastKey)
                .WithMessage($"Must have at least {LeastKey} characters.");
            key.RuleFor(entry => entry.KeySha256).Matches(@"\A[0-9a-fA-F]{64}\z").WithMessage("Must be 64 hex digits.");
            key.RuleFor(entry => entry.KeySha256).Must((entry, hash) => hash is null != entry.Key is null)
                .WithMessage("Exactly one of Key and KeySha256 must be set.");
        });
        RuleFor(options => options.OperatorKey).Must(value => value is null || value.Length >= LeastKey)
            .WithMessage($"Must have at least {LeastKey} characters.");
        RuleForEach(options => options.CorsOrigins).Must(IsOrigin)
            .WithMessage("Must be an origin: scheme, host and port, without a path, e.g. https://app.example.com.");
        RuleFor(options => options.GatewayUrl).Must(url => url is null || IsListener(url))
            .WithMessage("Must be http:// with a host and a port.");
        RuleFor(options => options.Quotas.RecallsPerMinute).GreaterThanOrEqualTo(0).WithMessage("Must not be negative.");
        RuleFor(options => options.Quotas.WritesPerMinute).GreaterThanOrEqualTo(0).WithMessage("Must not be negative.");
        RuleFor(options => options.Quotas.PipelinesPerMinute).GreaterThanOrEqualTo(0).WithMessage("Must not be negative.");
        RuleFor(options => options.Quotas.ModelTokensPerMinute).GreaterThanOrEqualTo(0).WithMessage("Must not be negative.");
    }

    private static bool IsOrigin(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out Uri? uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.GetLeftPart(UriPartial.Authority) == value;

    private static bool IsListener(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttp && uri.AbsolutePath == "/";
}

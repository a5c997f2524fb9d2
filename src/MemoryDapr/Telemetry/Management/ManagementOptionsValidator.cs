using FluentValidation;

namespace MemoryDapr.Telemetry.Management;

/// <summary>The rules of <see cref="ManagementOptions"/>.</summary>
internal sealed class ManagementOptionsValidator : AbstractValidator<ManagementOptions>
{
    public ManagementOptionsValidator() =>
        RuleFor(options => options.Url).Must(url => url is null || IsListener(url)).WithMessage("Must be http:// with a host and a port.");

    private static bool IsListener(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttp && uri.AbsolutePath == "/";
}

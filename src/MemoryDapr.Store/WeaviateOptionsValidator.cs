using FluentValidation;

namespace MemoryDapr.Store;

/// <summary>The rules of <see cref="WeaviateOptions"/>.</summary>
internal sealed class WeaviateOptionsValidator : AbstractValidator<WeaviateOptions>
{
    public WeaviateOptionsValidator()
    {
        RuleFor(options => options.Url).Must(IsAddress).WithMessage("must be http:// or https:// with a host and a port, and no path");
        RuleFor(options => options.GrpcHost)
            .Must(host => host is null || Uri.CheckHostName(host) != UriHostNameType.Unknown).WithMessage("must be a host name");
        RuleFor(options => options.GrpcPort).InclusiveBetween(1, 65_535).WithMessage("must be 1 to 65535");
        RuleFor(options => options.ApiKey).Must(key => key is null || key.Trim().Length > 0).WithMessage("must not be empty");
        RuleFor(options => options.Prefix)
            .Matches("^[A-Z][A-Za-z0-9]{0,31}$").WithMessage("must be a capital, then letters and digits, at most 32");
        RuleFor(options => options.Timeout)
            .InclusiveBetween(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60)).WithMessage("must be 00:00:01 to 00:01:00");
    }

    private static bool IsAddress(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out Uri? uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            && uri is { PathAndQuery: "/", UserInfo: "", Fragment: "" };
}

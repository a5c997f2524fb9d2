using FluentValidation;
using FluentValidation.Results;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MemoryDapr.Types;

/// <summary>Options that are checked before anything starts, all together.</summary>
internal static class OptionsChecks
{
    /// <summary>
    /// Binds <typeparamref name="TOptions"/> to a section and has <typeparamref name="TValidator"/> check it when
    /// <see cref="ListFaults"/> is called. Consumers inject the options class itself.
    /// </summary>
    public static IServiceCollection AddCheckedOptions<TOptions, TValidator>(this IServiceCollection services, string section)
        where TOptions : class
        where TValidator : class, IValidator<TOptions>, new()
    {
        services.AddOptions<TOptions>().BindConfiguration(section);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<TOptions>>().Value);
        services.AddSingleton<IOptionsCheck>(provider => new OptionsCheck<TOptions>(section, provider, new TValidator()));
        return services;
    }

    /// <summary>Every fault of every checked option of the container.</summary>
    public static IReadOnlyList<OptionFault> ListFaults(this IServiceProvider services) =>
        [.. services.GetServices<IOptionsCheck>().SelectMany(check => check.ListFaults())];

    /// <summary>Whether an option of this name holds what no message may show.</summary>
    public static bool IsSecret(string name) =>
        name.EndsWith("Key", StringComparison.OrdinalIgnoreCase) || name.EndsWith("Token", StringComparison.OrdinalIgnoreCase);

    private interface IOptionsCheck
    {
        IEnumerable<OptionFault> ListFaults();
    }

    private sealed class OptionsCheck<TOptions>(string section, IServiceProvider services, IValidator<TOptions> validator) : IOptionsCheck
        where TOptions : class
    {
        public IEnumerable<OptionFault> ListFaults()
        {
            OptionFault[] shape = [.. OptionsShape.ListFaults(
                services.GetRequiredService<IConfiguration>().GetSection(section),
                typeof(TOptions))];

            // What cannot be bound cannot be judged; unknown names keep nobody from judging the known ones.
            return shape.Any(fault => fault.Rule.StartsWith("must", StringComparison.Ordinal))
                ? shape
                : shape.Concat(validator
                    .Validate(services.GetRequiredService<TOptions>()).Errors
                    .Select(error => ToFault(section, error)));
        }

        private static OptionFault ToFault(string section, ValidationFailure error) =>
            new($"{section}:{error.PropertyName.Replace('.', ':')}", Show(error), error.ErrorMessage);

        private static string Show(ValidationFailure error) =>
            IsSecret(error.PropertyName)
                ? "***"
                : Convert.ToString(error.AttemptedValue, System.Globalization.CultureInfo.InvariantCulture) ?? "(none)";
    }
}

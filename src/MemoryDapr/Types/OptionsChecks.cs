using FluentValidation;
using FluentValidation.Results;
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
        services.AddOptions<TOptions>().BindConfiguration(section, binder => binder.ErrorOnUnknownConfiguration = true);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<TOptions>>().Value);
        services.AddSingleton<IOptionsCheck>(provider => new OptionsCheck<TOptions>(section, provider, new TValidator()));
        return services;
    }

    /// <summary>Every fault of every checked option of the container.</summary>
    public static IReadOnlyList<OptionFault> ListFaults(this IServiceProvider services) =>
        [.. services.GetServices<IOptionsCheck>().SelectMany(check => check.ListFaults())];

    private interface IOptionsCheck
    {
        IEnumerable<OptionFault> ListFaults();
    }

    private sealed class OptionsCheck<TOptions>(string section, IServiceProvider services, IValidator<TOptions> validator) : IOptionsCheck
        where TOptions : class
    {
        public IEnumerable<OptionFault> ListFaults()
        {
            TOptions options;
            try
            {
                options = services.GetRequiredService<TOptions>();
            }
            catch (InvalidOperationException exception)
            {
                // What cannot be bound at all: an unknown name, or text where a number belongs. The binder's message names the key.
                return [new OptionFault(section, "?", (exception.InnerException ?? exception).Message)];
            }

            return validator.Validate(options).Errors.Select(error => ToFault(section, error));
        }

        private static OptionFault ToFault(string section, ValidationFailure error) =>
            new($"{section}:{error.PropertyName.Replace('.', ':')}", Show(error), error.ErrorMessage);

        private static string Show(ValidationFailure error) =>
            error.PropertyName.Contains("Key", StringComparison.OrdinalIgnoreCase) || error.PropertyName.Contains("Token", StringComparison.Ordinal)
                ? "***"
                : Convert.ToString(error.AttemptedValue, System.Globalization.CultureInfo.InvariantCulture) ?? "(none)";
    }
}

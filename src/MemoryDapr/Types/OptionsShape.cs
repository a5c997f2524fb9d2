using System.Collections;
using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace MemoryDapr.Types;

/// <summary>
/// Compares a configuration section with the options class it is bound to. The binder stops at the first thing that it cannot bind;
/// who configures wants to hear of all of them.
/// </summary>
internal static class OptionsShape
{
    /// <summary>Every key that the class does not have, and every value that is not of its property's type.</summary>
    public static IEnumerable<OptionFault> ListFaults(IConfiguration section, Type options)
    {
        Dictionary<string, PropertyInfo> properties = options
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is not null || IsList(property.PropertyType))
            .ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        foreach (IConfigurationSection child in section.GetChildren())
        {
            IEnumerable<OptionFault> faults = properties.TryGetValue(child.Key, out PropertyInfo? property)
                ? ListFaultsOf(child, property.PropertyType)
                : [new OptionFault(child.Path, Show(child), "there is no such option")];
            foreach (OptionFault fault in faults)
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<OptionFault> ListFaultsOf(IConfigurationSection value, Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        if (IsList(plain))
        {
            Type element = plain.GetGenericArguments()[^1];
            return value.GetChildren().SelectMany(child => ListFaultsOf(child, element));
        }

        if (!TypeDescriptor.GetConverter(plain).CanConvertFrom(typeof(string)))
        {
            return ListFaults(value, plain);
        }

        return value.Value is not { } text || IsConvertible(text, plain)
            ? []
            : [new OptionFault(value.Path, Show(value), $"must be {Name(plain)}")];
    }

    private static bool IsList(Type type) => type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type);

    private static bool IsConvertible(string text, Type type)
    {
        try
        {
            return TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text) is not null;
        }
#pragma warning disable CA1031 // Converters wrap what went wrong in whatever they like; here it means that the text is not one.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    private static string Name(Type type) => type switch
    {
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(TimeSpan) => "a duration such as 00:30:00",
        _ when type.IsEnum => $"one of {string.Join(", ", Enum.GetNames(type))}",
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ when type == typeof(double) => "a number",
        _ => $"a {type.Name}",
    };

    private static string Show(IConfigurationSection value) => OptionsChecks.IsSecret(value.Path) ? "***" : value.Value ?? "(a section)";
}

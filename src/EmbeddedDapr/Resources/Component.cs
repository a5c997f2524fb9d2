using System.Globalization;

namespace EmbeddedDapr.Resources;

/// <summary>A component: its type, such as <c>middleware.http.ratelimit</c>, and its settings as written.</summary>
internal sealed record Component(string Name, string Type, IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<string> Scopes)
{
    /// <summary>A positive number of the metadata.</summary>
    public double PositiveNumber(string name, double ifMissing)
    {
        if (!Metadata.TryGetValue(name, out string? text))
        {
            return ifMissing;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number > 0
            ? number
            : throw new FormatException($"{name} '{text}' is not a positive number");
    }
}

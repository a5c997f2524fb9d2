using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MemoryDapr.Api.Requests;

/// <summary>JSON pointers (RFC 6901) into a request.</summary>
internal static class JsonPointer
{
    // A name that a client made up is shown up to here: enough to find it.
    private const int MaxName = 100;

    public static string Append(string pointer, string name)
    {
        string shown = name.Length <= MaxName ? name : name[..MaxName];
        return $"{pointer}/{shown.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
    }

    /// <summary>From a property path of a validator, <c>Turns[3].Content</c>.</summary>
    public static string FromPropertyPath(string path)
    {
        StringBuilder pointer = new();
        foreach (string part in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            int bracket = part.IndexOf('[', StringComparison.Ordinal);
            string name = bracket < 0 ? part : part[..bracket];
            pointer.Append('/').Append(JsonNamingPolicy.CamelCase.ConvertName(name));
            if (bracket >= 0)
            {
                pointer.Append(CultureInfo.InvariantCulture, $"/{part[(bracket + 1)..^1]}");
            }
        }

        return pointer.ToString();
    }
}
